import type { Broker } from '../cim/broker.js';
import type { Cancellation } from '../cim/cancellation.js';
import type { ContextStore } from '../cim/context-store.js';
import type { XmlCharset } from '../xml/xml-charset.js';
import type { XmlElement } from '../xml/xml-element.js';
import type { Access } from './access/access.js';
import type { EndpointFacts } from './config/endpoint-facts.js';
import type { RequestHeader } from './request-header.js';
import type { CimResource, Resource } from './resource.js';
import type { ServiceSettings } from './service-settings.js';

/** What the operations of an endpoint work with. */
export interface OperationContext {
  /** For a restricted user it shows what that user may see, and refuses the rest. */
  readonly broker: Broker;
  /** What a restricted user may do; absent: everything. Needed only where the broker is not asked. */
  readonly access?: Access | undefined;
  /** Enumerations that have not ended. */
  readonly contexts: ContextStore;
  readonly settings: ServiceSettings;
  /** What the configuration tells besides the settings. */
  readonly facts: EndpointFacts;
}

/** One request, its header read and its resource found. */
export interface OperationRequest<R extends Resource = CimResource> {
  readonly action: string;
  readonly header: RequestHeader;
  readonly body: XmlElement;
  readonly resource: R;
  readonly user: string;
  readonly cancellation: Cancellation;
  readonly charset: XmlCharset;
  /** Bytes that the answer may have. */
  readonly maxEnvelopeSize: number;
}

/** Markup for the Body of the answer; the action is the request's with `Response`. */
export interface OperationAnswer {
  readonly body: string;
  /** Markup for header blocks. */
  readonly headers?: string | undefined;
}

export type Operation<R extends Resource = CimResource> = (
  request: OperationRequest<R>,
  context: OperationContext,
) => Promise<OperationAnswer>;

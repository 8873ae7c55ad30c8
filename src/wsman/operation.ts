import type { Broker } from '../cim/broker.js';
import type { Call } from '../cim/contracts/call.js';
import type { CimHandler } from '../cim/contracts/cim-handler.js';
import type { ContextStore } from '../cim/contracts/context-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import type { XmlCharset } from '../xml/xml-charset.js';
import type { XmlElement } from '../xml/xml-element.js';
import type { EndpointFacts } from './config/endpoint-facts.js';
import type { RequestHeader } from './header/request-header.js';
import type { CimResource, Resource } from './resource.js';
import type { ServiceSettings } from './service-settings.js';
import type { ReturnedValue } from './wsman-service.js';

/** What the operations of an endpoint work with. */
export interface OperationContext {
  /** Where everything about CIM objects and classes is asked. */
  readonly handler: CimHandler;
  readonly namespaces: Namespaces;
  /** Enumerations that have not ended. */
  readonly contexts: ContextStore;
  readonly settings: ServiceSettings;
  /** What the configuration tells besides the settings. */
  readonly facts: EndpointFacts;
}

/** What an operation finds out about its message, for log, page and recorder. */
export interface OperationFindings {
  target: InstancePath | undefined;
  returned: ReturnedValue | undefined;
  items: number | undefined;
}

/** One request, its header read and its resource found. */
export interface OperationRequest<R extends Resource = CimResource> {
  readonly action: string;
  readonly header: RequestHeader;
  readonly body: XmlElement;
  readonly resource: R;
  readonly call: Call;
  /** The CIM operations for this call. A restricted caller gets what its roles allow. */
  readonly broker: Broker;
  readonly findings: OperationFindings;
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

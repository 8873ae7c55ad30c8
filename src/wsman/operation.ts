import type { Broker } from '../cim/broker.js';
import type { Cancellation } from '../cim/cancellation.js';
import type { ContextStore } from '../cim/context-store.js';
import type { XmlCharset } from '../xml/xml-charset.js';
import type { XmlElement } from '../xml/xml-element.js';
import type { RequestHeader } from './request-header.js';
import type { Resource } from './resource.js';

/** What the operations of an endpoint work with. */
export interface OperationContext {
  readonly broker: Broker;
  /** Enumerations that have not ended. */
  readonly contexts: ContextStore;
  /** How long an enumeration is kept that nobody pulls from: EnumerationTimeoutms. */
  readonly enumerationTimeout: number;
  /** Most items in one answer: MaxBatchItems. */
  readonly maxBatchItems: number;
}

/** One request, its header read and its resource found. */
export interface OperationRequest {
  readonly action: string;
  readonly header: RequestHeader;
  readonly body: XmlElement;
  readonly resource: Resource;
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

export type Operation = (request: OperationRequest, context: OperationContext) => Promise<OperationAnswer>;

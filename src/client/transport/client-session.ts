import type { CallOptions } from '../call-options.js';
import type { ClientSettings } from '../client-options.js';
import type { AnswerEnvelope } from '../message/read-envelope.js';
import type { RequestMessage } from '../message/request-envelope.js';
import type { AddressingStyle } from '../message/request-target.js';
import type { RememberedClasses } from '../remembered-classes.js';
import type { WsmanTransportError } from './wsman-transport-error.js';

/** What the operations of a client work with. */
export interface ClientSession {
  readonly settings: ClientSettings;
  readonly classes: RememberedClasses;
  /** Sends a request and reads its answer. @throws WsmanClientError, WsmanTransportError, TypeError, RangeError */
  send(message: RequestMessage, call: CallOptions): Promise<AnswerEnvelope>;
  /** What a call that its caller has aborted ends with. */
  aborted(): WsmanTransportError;
  /** Something under way that the closing of the client waits for, though not for long. */
  beforeClose(work: Promise<void>): void;
}

/** How the resource URIs of a call are written. */
export function styleOf({ settings }: ClientSession, call: CallOptions, namespace?: string): AddressingStyle {
  return { family: call.resourceUriFamily ?? settings.family, namespace: namespace ?? settings.namespace };
}

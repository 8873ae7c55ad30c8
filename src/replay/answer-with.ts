import { writeFault } from '../soap/fault-message.js';
import { type FaultKey, faultRow } from '../soap/fault-table.js';
import { writeBareEnvelope, writeEnvelope } from '../soap/message.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import type { WsmanResponse } from '../wsman/wsman-service.js';
import type { RequestDetails } from './message-request.js';

const CONTENT_TYPE = 'application/soap+xml;charset=UTF-8';

/** The parts of an answer that go into an envelope of our own. */
export interface AnswerParts {
  readonly status: number;
  /** Empty for the answer to Identify, which has no header. */
  readonly action: string;
  readonly body: string;
  readonly headers?: string | undefined;
}

/** An answer to a message, as one of its own. */
export function answerWith({ status, action, body, headers }: AnswerParts, details: RequestDetails): WsmanResponse {
  const { messageId } = details;
  if (status === 204)
    return { status, contentType: undefined, body: '', outcome: { action: details.action, messageId } };
  const xml =
    action === ''
      ? writeBareEnvelope(body)
      : writeEnvelope({ action, relatesTo: messageId, body, extraHeaders: headers });
  return { status, contentType: CONTENT_TYPE, body: xml, outcome: { action: details.action, messageId } };
}

/** A fault that says why there is no answer; whoever asked is told all of it, since nothing of it is a secret of ours. */
export function faultWith(key: FaultKey, reason: string, { action, messageId }: RequestDetails): WsmanResponse {
  const body = writeFault(new WsmanFault(key, reason), { relatesTo: messageId, machine: '' });
  const outcome = { action, messageId, fault: key, reason, tellable: reason };
  return { status: faultRow(key).httpStatus, contentType: CONTENT_TYPE, body, outcome };
}

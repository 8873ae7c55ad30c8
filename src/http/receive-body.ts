import type { Exchange } from './exchange.js';
import type { ExchangeContext } from './exchange-context.js';
import { expectsContinue } from './expects-continue.js';
import { type BodyProblem, readRequestBody } from './request-body.js';
import { MAX_FRAME_BYTES } from './sealed-message.js';

/** The bytes that the body of a request may have. */
export function bodyLimit({ anonymous, security }: Exchange, context: ExchangeContext): number {
  if (anonymous) return context.limits.maxAnonymousBodyBytes;
  return security === undefined ? context.maxBodyBytes() : context.maxBodyBytes() + MAX_FRAME_BYTES;
}

/** Reads the body, once it is known to be welcome: only now is a client that waits for `100 Continue` told to send it. */
export function receiveBody({ request, response }: Exchange, limit: number): Promise<Buffer | BodyProblem> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (expectsContinue(request) && declared <= limit) response.writeContinue();
  return readRequestBody(request, limit);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EncryptedMessageError } from '../auth/message-encryption/encrypted-message-error.js';
import type { MessageSecurityError } from '../auth/message-encryption/message-security.js';
import { CallRecord } from '../cim/contracts/call.js';
import { acceptContentType } from './accept-content-type.js';
import { type Admission, createAdmitCaller } from './admit-caller.js';
import { createAskService } from './ask-service.js';
import { connectionOf } from './connection.js';
import { endOfTurn } from './end-of-turn.js';
import { Exchange } from './exchange.js';
import type { ExchangeContext } from './exchange-context.js';
import { openBody } from './open-body.js';
import { bodyLimit, receiveBody } from './receive-body.js';
import { type Refusal, refusals, refuse } from './refusal.js';
import { createRefusalLog } from './refusal-log.js';
import { logExchange } from './request-log.js';
import { sealAnswer } from './seal-answer.js';
import { isBrokenSeal } from './sealed-message.js';
import { sendAnswer } from './send-answer.js';

/** Requests of one connection that may wait for their turn; more are 503. Clients send the next when they have read an answer. */
const MAX_PIPELINED = 64;

/** Answers one POST; never rejects. `anonymous`: the path is the one for Identify without credentials. */
export type WsmanExchange = (request: IncomingMessage, response: ServerResponse, anonymous: boolean) => Promise<void>;

/**
 * One SOAP message in, one out: who sent it, is it a SOAP message, read it, open it, hand it on, seal and write the answer, be it a
 * fault. Each step refuses by itself, cheapest first, and nothing of the body is read before its caller is known.
 *
 * A step is waited for only where it has to wait: each promise on the way costs (docs/performance.md).
 *
 * @param port of ours, which is known when the first message comes
 */
export function createWsmanExchange(context: ExchangeContext, port: () => number): WsmanExchange {
  const { authenticator, limits, logger, inFlight, now, hostName: host } = context;
  const refusalLog = createRefusalLog(logger);
  const exchangeLog = { logger, refusalLog };
  const admitCaller = createAdmitCaller(context, refusalLog);
  const askService = createAskService(context, port);

  async function answer(exchange: Exchange): Promise<void> {
    try {
      const admitting = admitCaller(exchange);
      const admission = admitting instanceof Promise ? await admitting : admitting;
      if (isWelcome(exchange, admission)) await converse(exchange);
    } catch (error) {
      if (isBrokenSeal(error)) breakOff(exchange, error);
      else failInternally(exchange, error);
    }
  }

  /** The last word before anything of the body is read. */
  function isWelcome(exchange: Exchange, admission: Admission): boolean {
    if (admission === 'answered') return false;
    const refusal = admission === 'admitted' ? (acceptContentType(exchange) ?? overload()) : admission;
    if (refusal !== undefined) turnDown(exchange, refusal);
    return refusal === undefined;
  }

  async function converse(exchange: Exchange): Promise<void> {
    inFlight.count++;
    try {
      const limit = bodyLimit(exchange, context);
      const opening = openBody(exchange, await receiveBody(exchange, limit), limit, authenticator);
      const message = opening instanceof Promise ? await opening : opening;
      if (message === 'client gone') return;
      if ('status' in message) return turnDown(exchange, message);

      const call = new CallRecord({ user: exchange.caller?.user, host, now });
      const answer = await askService(exchange, message, call);
      const sealing = sealAnswer(exchange, answer, message.tabs);
      const sealed = sealing instanceof Promise ? await sealing : sealing;
      // A peer on this machine is woken by the first answer and finds the others when it comes for the next.
      await endOfTurn();
      const sending = sendAnswer(exchange, sealed, context);
      if (sending !== undefined) await sending;
      logExchange(exchangeLog, exchange, call, answer);
    } finally {
      inFlight.count--;
    }
  }

  function overload(): Refusal | undefined {
    return inFlight.count >= limits.maxRequestsInFlight ? refusals.overloaded : undefined;
  }

  function turnDown({ request, response, connection, security }: Exchange, refusal: Refusal): void {
    // A message that was not opened leaves a gap in the count of messages: the peer has to authenticate again.
    if (security !== undefined) connection.session = undefined;
    const contentLength = request.headers['content-length'];
    logger.debug({ status: refusal.status, peer: connection.address, contentLength }, refusal.text || 'refused');
    refuse(request, response, refusal, limits.lingerMs);
  }

  function breakOff({ request, connection, caller }: Exchange, error: EncryptedMessageError | MessageSecurityError) {
    const facts = { user: caller?.user, reason: error.message };
    refusalLog.warn(connection.address, facts, 'sealed message refused; connection closed');
    connection.session = undefined;
    request.socket.destroy();
  }

  function failInternally({ request, response, connection }: Exchange, error: unknown): void {
    logger.error({ err: error, peer: connection.address }, 'internal error');
    refuse(request, response, refusals.internal, limits.lingerMs);
  }

  return (request, response, anonymous) => {
    const connection = connectionOf(request.socket);
    if (connection.running < MAX_PIPELINED)
      return connection.inTurn(() => answer(new Exchange(request, response, connection, anonymous)));
    refusalLog.warn(connection.address, {}, 'too many requests wait on one connection');
    refuse(request, response, refusals.overloaded, limits.lingerMs);
    return Promise.resolve();
  };
}

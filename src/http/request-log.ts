import type { Call } from '../cim/contracts/call.js';
import type { WsmanResponse } from '../wsman/wsman-service.js';
import { cutText } from './cut-text.js';
import type { Exchange } from './exchange.js';
import { exchangeChannel } from './http-observer.js';
import type { Logger } from './logger.js';
import type { RefusalLog } from './refusal-log.js';

/** Where exchanges are written down. */
export interface ExchangeLog {
  readonly logger: Logger;
  readonly refusalLog: RefusalLog;
}

/** Of a path: its keys are as long as their names and values. */
const MAX_PATH = 1000;
/** Of a reason, which several may have given. */
const MAX_REASON = 500;

/**
 * One line per answered message: who did what to what, what came of it and why. A warning where a user was denied something.
 * Never the body, the password or a header. The names of the fields are those of docs/logging.md, and stay.
 */
export function logExchange(
  { logger, refusalLog }: ExchangeLog,
  { connection, caller, startedAt }: Exchange,
  { id: call }: Call,
  { status, outcome, delivery }: WsmanResponse,
): void {
  const { action, messageId, fault, reason, cause, className, target, returned, rule } = outcome;
  const user = caller?.user ?? null;
  if (cause !== undefined)
    logger.error({ err: cause, call, messageId: cut(messageId), action: cut(action) }, 'internal error');
  if (fault === 'AccessDenied')
    refusalLog.warn(connection.address, { user, action: cut(action), reason: cut(reason), call }, 'access denied');
  if (!logger.isLevelEnabled('info') && !exchangeChannel.hasSubscribers) return;
  writeDown(
    logger,
    {
      call,
      user,
      operation: cut(returned?.method ?? operationOf(action)),
      class: cut(className),
      target: cut(target?.toString(), MAX_PATH),
      returnValue: returned && numberOf(returned.value),
      returnLabel: cut(returned?.label),
      status,
      fault: cut(fault),
      reason: cut(reason, MAX_REASON),
      ms: Math.round((performance.now() - startedAt) * 100) / 100,
      action: cut(action),
      messageId: cut(messageId),
      peer: connection.address,
      tls: connection.tls,
      rule,
      delivery,
    },
    'wsman',
  );
}

function writeDown(logger: Logger, facts: object, message: string): void {
  if (logger.isLevelEnabled('info')) logger.info(facts, message);
  if (exchangeChannel.hasSubscribers) exchangeChannel.publish(facts);
}

/** The last part of an action's URI: that of a method is its name (DSP0227 §11). */
function operationOf(action: string | undefined): string | undefined {
  return action?.slice(action.lastIndexOf('/') + 1);
}

/** As JSON has it: NULL is null, and what no number of JavaScript can hold stays text. */
function numberOf(value: string): number | string | null {
  if (value === 'null') return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function cut(text: string | undefined, max?: number): string | undefined {
  return text === undefined ? undefined : cutText(text, max);
}

import type { Logger } from 'pino';
import type { WsmanResponse } from '../wsman/wsman-service.js';
import { cutText } from './cut-text.js';
import type { Exchange } from './exchange.js';
import type { RefusalLog } from './refusal-log.js';

/** Where exchanges are written down. */
export interface ExchangeLog {
  readonly logger: Logger;
  readonly refusalLog: RefusalLog;
}

/** One line per answered message, and a warning where a user was denied something. Never the body, the password or a header. */
export function logExchange(
  { logger, refusalLog }: ExchangeLog,
  { connection, sender, startedAt }: Exchange,
  response: WsmanResponse,
): void {
  const { action, messageId, fault, reason, cause } = response.outcome;
  if (cause !== undefined)
    logger.error({ err: cause, messageId: cut(messageId), action: cut(action) }, 'internal error');
  if (fault === 'AccessDenied')
    refusalLog.warn(
      connection.address,
      { user: sender?.user ?? null, action: cut(action), reason: cut(reason) },
      'access denied',
    );
  if (!logger.isLevelEnabled('info')) return;
  logger.info(
    {
      action: cut(action),
      status: response.status,
      ms: Math.round((performance.now() - startedAt) * 100) / 100,
      messageId: cut(messageId),
      fault: cut(fault),
      reason: cut(reason),
      user: sender?.user ?? null,
      peer: connection.address,
      tls: connection.tls,
    },
    'wsman',
  );
}

function cut(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cutText(text);
}

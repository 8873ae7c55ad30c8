import { destination, type LogFn, type Logger, pino } from 'pino';
import type { LogLevel } from './log-level.js';

export type { LogLevel } from './log-level.js';

/**
 * A logger of JSON lines on stderr. An error that nobody expected (`err`) is told at every level, `silent` too: whoever calls a
 * provider with a mistake in it must learn where it is. Lines are written in the background, so that a slow terminal does not slow answers down;
 * {@link Logger.flush} before leaving the process.
 */
export function createLogger(level: LogLevel): Logger {
  const isQuiet = level === 'silent' || level === 'fatal';
  return pino(
    {
      level: isQuiet ? 'error' : level,
      ...(isQuiet && { hooks: { logMethod: onlyUnexpected } }),
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      // Nothing logs headers or passwords; should somebody begin to, these stay out.
      redact: ['authorization', 'headers.authorization', 'password'],
    },
    destination({ dest: 2, sync: false }),
  );
}

function onlyUnexpected(this: Logger, line: Parameters<LogFn>, write: LogFn): void {
  const [facts] = line as readonly unknown[];
  if (typeof facts === 'object' && facts !== null && 'err' in facts) write.apply(this, line);
}

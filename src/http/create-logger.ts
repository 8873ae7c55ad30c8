import { destination, type Logger, pino } from 'pino';
import type { LogLevel } from './log-level.js';

export type { LogLevel } from './log-level.js';

/**
 * A logger of JSON lines on stderr. Lines are written in the background, so that a slow terminal does not slow answers down;
 * {@link Logger.flush} before leaving the process.
 */
export function createLogger(level: LogLevel): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      // Nothing logs headers or passwords; should somebody begin to, these stay out.
      redact: ['authorization', 'headers.authorization', 'password'],
    },
    destination({ dest: 2, sync: false }),
  );
}

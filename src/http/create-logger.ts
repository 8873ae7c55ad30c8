import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { formatLogLine } from './format-log-line.js';
import type { LogFormat } from './log-format.js';
import type { LogLevel } from './log-level.js';
import { usesColours } from './uses-colours.js';

export type { LogLevel } from './log-level.js';

/**
 * A logger on stderr, of JSON lines or of text ({@link LogFormat}). Lines are written in the background, so that a slow terminal does
 * not slow answers down; {@link Logger.flush} before leaving the process.
 */
export function createLogger(level: LogLevel, format: LogFormat = 'auto'): Logger {
  const isText = format === 'auto' ? process.stderr.isTTY : format === 'text';
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      // Nothing logs headers or passwords; should somebody begin to, these stay out.
      redact: ['authorization', 'headers.authorization', 'password'],
    },
    isText ? textDestination() : destination({ dest: 2, sync: false }),
  );
}

/** With all that pino asks of its own destinations: they are flushed when the process ends. */
function textDestination(): DestinationStream {
  const out = destination({ dest: 2, sync: false });
  const write = out.write.bind(out);
  const colours = usesColours(process.stderr, process.env);
  return Object.assign(out, { write: (line: string) => write(formatLogLine(line, colours)) });
}

import { type DestinationStream, destination, type LogFn, type Logger, pino } from 'pino';
import { formatLogLine } from './format-log-line.js';
import type { LogFormat } from './log-format.js';
import type { LogLevel } from './log-level.js';
import { usesColours } from './uses-colours.js';

export type { LogLevel } from './log-level.js';

/**
 * A logger on stderr, of JSON lines or of text ({@link LogFormat}). An error that nobody expected (`err`) is told at every level,
 * `silent` too: whoever calls a provider with a mistake in it must learn where it is. Lines are written in the background, so that a
 * slow terminal does not slow answers down; {@link Logger.flush} before leaving the process.
 */
export function createLogger(level: LogLevel, format: LogFormat = 'auto', terms: LoggerTerms = {}): Logger {
  const isQuiet = level === 'silent' || level === 'fatal';
  return pino(
    {
      level: isQuiet ? 'error' : level,
      ...(isQuiet && { hooks: { logMethod: onlyUnexpected } }),
      base: terms.base ?? null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      // Nothing logs headers or passwords; should somebody begin to, these stay out.
      redact: ['authorization', 'headers.authorization', 'password'],
    },
    terms.destination ?? logDestination(format),
  );
}

export interface LoggerTerms {
  /** Facts of every line. */
  readonly base?: Readonly<Record<string, unknown>>;
  /** In the place of one of its own. */
  readonly destination?: DestinationStream;
}

/** Writes lines of pino on stderr, whole and in their order, as a {@link LogFormat} has them. */
export function logDestination(format: LogFormat = 'auto'): DestinationStream {
  const isText = format === 'auto' ? process.stderr.isTTY : format === 'text';
  return isText ? textDestination() : destination({ dest: 2, sync: false });
}

/** Lets the lines through that tell of an error which nobody expected. */
function onlyUnexpected(this: Logger, line: Parameters<LogFn>, write: LogFn): void {
  const [facts] = line as readonly unknown[];
  if (typeof facts === 'object' && facts !== null && 'err' in facts) write.apply(this, line);
}

/** With all that pino asks of its own destinations: they are flushed when the process ends. */
function textDestination(): DestinationStream {
  const out = destination({ dest: 2, sync: false });
  const write = out.write.bind(out);
  const colours = usesColours(process.stderr, process.env);
  return Object.assign(out, { write: (line: string) => write(formatLogLine(line, colours)) });
}

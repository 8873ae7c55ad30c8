import type { Readable } from 'node:stream';
import type { DestinationStream } from 'pino';

/** Bytes of a line that has no end yet, beyond which it is one. */
const LONGEST_LINE = 1024 * 1024;

/**
 * Hands on what a process writes, line by line, so that nothing of two processes stands in one line.
 *
 * @param write is given a whole line, with its line break
 */
export function forwardLines(from: Readable, write: (line: string) => void): void {
  let rest = '';
  from.setEncoding('utf8');
  from.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) write(`${line}\n`);
    if (rest.length <= LONGEST_LINE) return;
    write(`${rest}\n`);
    rest = '';
  });
  from.on('end', () => {
    if (rest !== '') write(`${rest}\n`);
  });
}

/** Lines of a worker's log go where those of the primary go; what else it says on stderr, as Node does when it crashes, is a line of the log. */
export function writeLogLine(line: string, number: number, log: DestinationStream): void {
  log.write(
    isLogLine(line)
      ? line
      : `${JSON.stringify({ level: 50, time: new Date(), worker: number, msg: line.trimEnd() })}\n`,
  );
}

function isLogLine(line: string): boolean {
  if (!line.startsWith('{"level":')) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

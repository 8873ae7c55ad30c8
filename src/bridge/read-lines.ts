import type { Readable } from 'node:stream';
import { FatalError } from './fatal-error.js';

/** Bytes that a line may have, either way. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

const NEW_LINE = 0x0a;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The lines of a stream of bytes, without their line breaks. What stands behind the last line break is dropped: whoever wrote it died
 * in the middle.
 *
 * @throws FatalError for a line that is too long, or is no UTF-8
 */
export async function* readLines(
  input: Readable,
  maxBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<string, void, undefined> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, start)) {
      pieces.push(chunk.subarray(start, end));
      checkLength(length + end - start, maxBytes);
      yield decode(pieces);
      pieces = [];
      length = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    pieces.push(chunk.subarray(start));
    length += chunk.length - start;
    checkLength(length, maxBytes);
  }
}

function checkLength(length: number, maxBytes: number): void {
  if (length > maxBytes) throw new FatalError(`a line is longer than ${maxBytes} bytes`);
}

function decode(pieces: readonly Buffer[]): string {
  const [only] = pieces;
  try {
    return decoder.decode(pieces.length === 1 ? only : Buffer.concat(pieces));
  } catch (error) {
    throw new FatalError('a line is not UTF-8', { cause: error });
  }
}

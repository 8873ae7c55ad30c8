import type { Row } from '../durable/backend.js';

/** A row as it lies in its table: version and path in the first line, the document behind it. */
export function writeRow(version: number, path: string, document: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${version} ${JSON.stringify(path)}\n`, 'utf8'), document]);
}

/** A row of a table, with its path as JSON text. */
export interface StoredRow extends Row {
  readonly quotedPath: string;
}

/** @throws RangeError for what {@link writeRow} did not write */
export function readRow(sequence: number, text: string): StoredRow {
  // In JSON text no line ends.
  const line = text.indexOf('\n');
  const space = text.indexOf(' ');
  const version = Number(text.slice(0, space));
  if (line < 0 || space < 1 || !Number.isSafeInteger(version)) throw new RangeError(`row ${sequence} is no row`);
  return { sequence, version, document: text.slice(line + 1), quotedPath: text.slice(space + 1, line) };
}

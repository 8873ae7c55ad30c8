import { bytesOfText } from '../../strings/message-memory.js';

/** A row without its texts. */
const ROW_BYTES = 512;

/** Bytes that a context counts for, wherever it lies. */
export function bytesOfContext(state: string, parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + bytesOfText(part), ROW_BYTES + bytesOfText(state));
}

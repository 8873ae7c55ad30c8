import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const captures = fileURLToPath(new URL('../../fixtures/captures/', import.meta.url));

/** A request recorded from a real client: its head without the blank line, and its body, byte for byte. */
export interface RecordedRequest {
  readonly head: string;
  readonly body: Buffer;
}

export function readRecordedRequest(name: string): RecordedRequest {
  const bytes = readFileSync(`${captures}${name}`);
  const end = bytes.indexOf('\r\n\r\n');
  return { head: bytes.subarray(0, end).toString('latin1'), body: bytes.subarray(end + 4) };
}

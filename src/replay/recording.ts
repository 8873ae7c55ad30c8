import type { MessageAnswer } from './message-answer.js';
import type { MessageRequest } from './message-request.js';

/** What the first line of a recording says of the others. */
export interface RecordingHead {
  readonly format: typeof RECORDING_FORMAT;
  /** When it began: ISO 8601, UTC. */
  readonly at: string;
  /** Whom it was recorded of, without credentials. */
  readonly upstream: string;
}

export const RECORDING_FORMAT = 'cimulator-recording-1';

/** A message and its answer. */
export interface RecordedMessage {
  readonly at: string;
  readonly ms: number;
  readonly user?: string | undefined;
  readonly request: MessageRequest;
  /** The resource URI as it stood in the request: answers have it as a namespace. */
  readonly uri?: string | undefined;
  /** Of an Enumerate that a Pull goes on with, and of the Pull: what joins them. */
  readonly enumeration?: string | undefined;
  readonly answer: MessageAnswer;
}

/** A file of lines: JSON, a head and then a message each. */
export interface Recording {
  readonly head: RecordingHead;
  readonly messages: readonly ReadMessage[];
}

/** A message, and the line of the file that it stands on. */
export type ReadMessage = RecordedMessage & { readonly line: number };

/** A file that is no recording, or is broken. `expected`: the message names file and line, and says all there is to say. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly expected = true;
}

/**
 * Reads a recording; a last line that was cut short is told, and refuses the whole.
 *
 * @param file what messages call it
 * @throws RecordingError
 */
export function readRecording(text: string, file: string): Recording {
  const lines = text.split('\n');
  const head = headOf(lines[0] ?? '', file);
  const messages: ReadMessage[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    messages.push({ ...messageOf(line, `${file}:${index + 1}`), line: index + 1 });
  }
  return { head, messages };
}

function headOf(line: string, file: string): RecordingHead {
  const head = jsonOf(line, `${file}:1`) as Partial<RecordingHead>;
  const { upstream } = head;
  const format: unknown = head.format;
  if (typeof format !== 'string' || !format.startsWith('cimulator-recording-'))
    throw new RecordingError(`${file}: no recording: its first line has no format 'cimulator-recording-…'`);
  if (format !== RECORDING_FORMAT)
    throw new RecordingError(
      `${file}: a recording of another version (${format.slice(0, 60)}, this is ${RECORDING_FORMAT}): record it again with 'cimulator record'`,
    );
  if (typeof upstream !== 'string') throw new RecordingError(`${file}:1: 'upstream' is missing`);
  return head as RecordingHead;
}

function messageOf(line: string, place: string): RecordedMessage {
  const message = jsonOf(line, place) as Partial<RecordedMessage>;
  const { request, answer } = message;
  if (typeof request?.operation !== 'string') throw new RecordingError(`${place}: 'request.operation' is missing`);
  if (typeof answer?.status !== 'number' || typeof answer.body !== 'string')
    throw new RecordingError(`${place}: 'answer' has no status, or no body`);
  return message as RecordedMessage;
}

function jsonOf(line: string, place: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    throw new RecordingError(
      `${place}: no JSON: is the file cut short? (${JSON.stringify(line.slice(-40))} is its end)`,
    );
  }
  throw new RecordingError(`${place}: no JSON object`);
}

import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '../files/error-code.js';
import { RECORDING_FORMAT, type RecordedMessage, RecordingError } from './recording.js';

/** A recording that is being written. */
export interface RecordingWriter {
  /** Messages written so far. */
  readonly count: number;
  write(message: RecordedMessage): void;
  /** Waits until all of it is on the disk. @throws the file system's error that kept a message from being written */
  close(): Promise<void>;
}

/**
 * Begins a recording, for its owner only.
 *
 * @param upstream URL without credentials
 * @throws RecordingError when there is a file of that name, or none can be made
 */
export async function createRecording(path: string, upstream: string, at: Date): Promise<RecordingWriter> {
  const file = await begin(path);
  let count = 0;
  let writing = file.appendFile(`${JSON.stringify({ format: RECORDING_FORMAT, at: at.toISOString(), upstream })}\n`);
  // Whoever closes it hears of what failed.
  writing.catch(() => undefined);
  return {
    get count() {
      return count;
    },
    write(message) {
      count += 1;
      writing = writing.then(() => file.appendFile(`${JSON.stringify(message)}\n`));
      writing.catch(() => undefined);
    },
    async close() {
      try {
        await writing;
      } finally {
        await file.close();
      }
    },
  };
}

async function begin(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    const code = errorCode(error);
    const why =
      code === 'EEXIST' ? 'there is such a file: give another name, or take it away' : `cannot be written (${code})`;
    throw new RecordingError(`${path}: ${why}`);
  }
}

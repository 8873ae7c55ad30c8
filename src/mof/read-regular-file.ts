import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** What is at the path is no regular file, or a larger one than is read. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal';
}

/** Without it, opening a FIFO waits for whoever writes to it; a terminal must not become ours. Windows has neither. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * The bytes of a regular file: devices, FIFOs and sockets are refused, since they have no size and reading them may never
 * end. The size is known before anything is read, and no more than that is.
 *
 * @throws FileRefusal, and the errors of `node:fs`
 */
export function readRegularFile(file: string, maxBytes: number): Buffer {
  const descriptor = openSync(file, OPEN_FLAGS);
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) throw new FileRefusal('it is a folder');
    if (!status.isFile()) throw new FileRefusal('it is no regular file');
    if (status.size > maxBytes) throw new FileRefusal(`a file of ${status.size} bytes is too large`);
    return readBytes(descriptor, status.size);
  } finally {
    closeSync(descriptor);
  }
}

function readBytes(descriptor: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const read = readSync(descriptor, bytes, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

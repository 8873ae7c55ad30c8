import { type FileHandle, open } from 'node:fs/promises';
import { arch, endianness } from 'node:os';
import { StateError } from '../../cim/contracts/state-error.js';
import { directoryError } from './state-directory.js';

/** Where LMDB says that a file is its own: behind the head of each of the first two pages (`MDB_meta` in LMDB's mdb.c). */
const HEAD_BYTES = 64;
const MAGIC = 0xbeefc0de;
/** From there, where addresses have 64 bits: the size of a page, the last page that is used, the number of the last commit; and where that ends. */
const PAGE_SIZE = 24;
const LAST_PAGE = 120;
const COMMIT = 128;
const META_BYTES = 136;
/** A page that was given and not used is not written: the file may lack some at its end. More than that is lost. */
const UNWRITTEN_PAGES = 16;

/**
 * Reads what LMDB would map into memory: of a file that is none of its own, or shorter than it says, the process would end.
 *
 * @throws StateError
 */
export async function checkFile(path: string): Promise<void> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw directoryError(path, error);
    return undefined;
  });
  if (file === undefined) return;
  try {
    const needed = await neededBytes(file);
    // Others may be writing: it only grows.
    const { size } = await file.stat();
    if (size === 0) return;
    if (needed === undefined)
      throw new StateError(`${path} is no state, or is damaged: restore a backup, or take another folder`);
    if (size < needed)
      throw new StateError(
        `${path} was cut short (${size} of ${needed} bytes are there): restore a backup, or take another folder`,
      );
  } finally {
    await file.close();
  }
}

/** What the file has to have at least; undefined of one that is not LMDB's. */
async function neededBytes(file: FileHandle): Promise<number | undefined> {
  const head = await readAt(file, 0, HEAD_BYTES + META_BYTES);
  const at = head.subarray(0, HEAD_BYTES).indexOf(magic());
  const first = metaAt(head, at);
  if (first === undefined) return undefined;
  if (!arch().endsWith('64')) return 0;
  const second = metaAt(await readAt(file, first.pageSize, at + META_BYTES), at);
  const { pageSize, lastPage } = second !== undefined && second.commit > first.commit ? second : first;
  return (lastPage + 1 - UNWRITTEN_PAGES) * pageSize;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function magic(): Buffer {
  const bytes = Buffer.alloc(4);
  if (endianness() === 'LE') bytes.writeUInt32LE(MAGIC);
  else bytes.writeUInt32BE(MAGIC);
  return bytes;
}

interface Meta {
  readonly pageSize: number;
  readonly lastPage: number;
  readonly commit: number;
}

function metaAt(page: Buffer, at: number): Meta | undefined {
  if (at < 0 || page.length < at + META_BYTES || !page.subarray(at).subarray(0, 4).equals(magic())) return undefined;
  const view = new DataView(page.buffer, page.byteOffset + at, META_BYTES);
  const isLittle = endianness() === 'LE';
  const long = (offset: number) => Number(view.getBigUint64(offset, isLittle));
  return { pageSize: view.getUint32(PAGE_SIZE, isLittle), lastPage: long(LAST_PAGE), commit: long(COMMIT) };
}

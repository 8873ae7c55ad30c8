import { hash } from 'node:crypto';
import type { ComparisonKey } from '../../cim/model/comparison-key.js';
import { rememberByText } from '../../strings/remember-by-text.js';

const NUMBER_BYTES = 6;
/** Of a SHA-256, as much as nobody finds two texts for. */
const PREFIX_BYTES = 24;
/** Within one prefix, where there are few. */
const PART_BYTES = 8;
/** LMDB's longest key has 1,978 bytes. */
const MAX_TEXT_BYTES = 1024;
/** UTF-8 cannot carry it. */
const HALF_PAIR = /\p{Surrogate}/u;
/** No text in UTF-8 begins with it. */
const DIGEST_MARK = Buffer.from([0xff]);

/** Before every key. */
export const FIRST_KEY = Buffer.from([0]);

/** Sequences and versions are less; whoever asks for more means all. */
const MOST_NUMBER = 2 ** (8 * NUMBER_BYTES) - 1;

/** A sequence or version as a key: they sort as numbers do. */
export function numberKey(number: number): Buffer {
  const key = Buffer.allocUnsafe(NUMBER_BYTES);
  key.writeUIntBE(Math.min(number, MOST_NUMBER), 0, NUMBER_BYTES);
  return key;
}

/** The number at the end of a key. */
export function numberAtEnd(key: Uint8Array): number {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).readUIntBE(key.length - NUMBER_BYTES, NUMBER_BYTES);
}

/** A text as a key; of a long one, and of one that UTF-8 cannot carry, a digest of it ({@link isDigest}). */
export function textKey(text: string): Buffer {
  if (text !== '' && text.length <= MAX_TEXT_BYTES && !HALF_PAIR.test(text)) {
    const key = Buffer.from(text, 'utf8');
    if (key.length <= MAX_TEXT_BYTES) return key;
  }
  return Buffer.concat([DIGEST_MARK, digest(text)]);
}

/** Whether the key is no text, so that another text could have the same one, if anybody found it. */
export function isDigest(key: Uint8Array): boolean {
  return key[0] === DIGEST_MARK[0];
}

/** The instances with these keys, of any class. */
export const keysPrefix = (namespace: string, keys: string): Buffer => prefix('keys', namespace, keys);

const classText = rememberByText((text) => digest(text).toString('latin1', 0, PREFIX_BYTES), {
  entries: 4096,
  length: 256,
});

/** The instances of exactly this class. */
export const classPrefix = (namespace: string, className: string): Buffer =>
  Buffer.from(classText(joined('class', namespace, className)), 'latin1');

/** The instances that refer to a target, of any class; each of its keys goes on with class and role. */
export const targetPrefix = (target: string): Buffer => prefix('target', target);

/** Those of one class, in one role or in any. */
export function targetClassPrefix(target: Buffer, className: string, role?: string): Buffer {
  return Buffer.concat(role === undefined ? [target, part(className)] : [target, part(className), part(role)]);
}

/** Those of one role, of any class. */
export const targetRolePrefix = (target: string, role: string): Buffer => prefix('role', target, role);

/** The instances of a class with this value of an indexed property. */
export function equalPrefix(namespace: string, className: string, property: string, key: ComparisonKey): Buffer {
  // Large integers and small ones are numbers alike.
  const kind = typeof key === 'bigint' ? 'number' : typeof key;
  return prefix('equal', namespace, className, property, kind, String(key));
}

/** The instances of a class whose value of an indexed property cannot be looked up. */
export const unkeyedPrefix = (namespace: string, className: string, property: string): Buffer =>
  prefix('unkeyed', namespace, className, property);

/** A context, which is told from all others by its identifier. */
export const contextPrefix = (id: string): Buffer => prefix('context', id);

/** The contexts of a kind, of all owners. */
export const contextKindPrefix = (kind: string): Buffer => prefix('kind', kind);

/** Those of one owner. */
export const contextOwnerPrefix = (kind: string, owner: string): Buffer => prefix('owner', kind, owner);

/** The key of one instance below a prefix. */
export function entryKey(before: Buffer, sequence: number): Buffer {
  const key = Buffer.allocUnsafe(before.length + NUMBER_BYTES);
  before.copy(key);
  key.writeUIntBE(Math.min(sequence, MOST_NUMBER), before.length, NUMBER_BYTES);
  return key;
}

/** Every key that begins with the prefix. */
export function rangeOf(before: Buffer): { readonly start: Buffer; readonly end: Buffer } {
  return { start: before, end: Buffer.concat([before, Buffer.alloc(2 * PART_BYTES + NUMBER_BYTES + 1, 0xff)]) };
}

const part = rememberParts();

function rememberParts(): (name: string) => Buffer {
  const text = rememberByText((name) => digest(name).toString('latin1', 0, PART_BYTES), { entries: 4096, length: 256 });
  return (name) => Buffer.from(text(name), 'latin1');
}

function prefix(...parts: readonly string[]): Buffer {
  return digest(joined(...parts)).subarray(0, PREFIX_BYTES);
}

/** One text that no other parts give. */
function joined(...parts: readonly string[]): string {
  let text = '';
  for (const one of parts) text += `${one.length}:${one}`;
  return text;
}

/** UTF-16, since it carries every text. */
function digest(text: string): Buffer {
  return hash('sha256', Buffer.from(text, 'utf16le'), 'buffer');
}

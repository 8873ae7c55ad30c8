import { messageMemory } from '../../strings/message-memory.js';
import { bytesOfName, type QualifiedName, splitName } from '../qualified-name.js';

const NO_NAME: QualifiedName = { text: '', prefix: '', localName: '', declares: undefined };

/**
 * Names seen before, found by their bytes: nothing is cut from the document for a name that is known. Of each two slots the
 * second holds what was last pushed out of the first. Bounded, because peers choose names.
 */
const slots: QualifiedName[] = new Array<QualifiedName>(2048).fill(NO_NAME);
const MAX_LENGTH = 64;
const memory = messageMemory.join({ forget: () => slots.fill(NO_NAME) });

/**
 * The ASCII name that stands in these bytes.
 *
 * @param hash of all the bytes; any will do that spreads well
 * @throws {@link XmlError} as {@link splitName}
 */
export function knownName(bytes: Uint8Array, from: number, end: number, hash: number): QualifiedName {
  const slot = (hash ^ (hash >>> 11)) & 0x7fe;
  const first = slots[slot] as QualifiedName; // as even a number as there are slots
  if (isAt(first.text, bytes, from, end)) return first;
  const second = slots[slot + 1] as QualifiedName;
  if (isAt(second.text, bytes, from, end)) return second;
  // A piece of the document's text would keep the whole of it in memory.
  const name = splitName(Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString('latin1'));
  if (end - from <= MAX_LENGTH && memory.take(bytesOfName(name))) {
    const pushedOut = slots[slot + 1] as QualifiedName;
    if (pushedOut !== NO_NAME) memory.give(bytesOfName(pushedOut));
    slots[slot + 1] = slots[slot] as QualifiedName;
    slots[slot] = name;
  }
  return name;
}

function isAt(name: string, bytes: Uint8Array, from: number, end: number): boolean {
  if (name.length !== end - from) return false;
  for (let at = 0; at < name.length; at++) if (bytes[from + at] !== name.charCodeAt(at)) return false;
  return true;
}

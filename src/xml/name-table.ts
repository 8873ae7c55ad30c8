/**
 * Strings seen before, found by their bytes: nothing is cut from the document for a name that is known, and a known name
 * has its hash already. Of each two slots the second holds what was last pushed out of the first. Bounded, because peers
 * choose names.
 */
const slots: string[] = new Array<string>(2048).fill('');
const MAX_LENGTH = 64;

/**
 * The ASCII string that stands in these bytes.
 *
 * @param hash of all the bytes; any will do that spreads well
 */
export function knownName(bytes: Uint8Array, from: number, end: number, hash: number): string {
  const slot = (hash ^ (hash >>> 11)) & 0x7fe;
  const first = slots[slot] as string; // as even a number as there are slots
  if (isAt(first, bytes, from, end)) return first;
  const second = slots[slot + 1] as string;
  if (isAt(second, bytes, from, end)) return second;
  const name = copy(bytes, from, end);
  if (name.length <= MAX_LENGTH) {
    slots[slot + 1] = first;
    slots[slot] = name;
  }
  return name;
}

function isAt(name: string, bytes: Uint8Array, from: number, end: number): boolean {
  if (name.length !== end - from) return false;
  for (let at = 0; at < name.length; at++) if (bytes[from + at] !== name.charCodeAt(at)) return false;
  return true;
}

/** A piece of the document's text would keep the whole of it in memory. */
function copy(bytes: Uint8Array, from: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString('latin1');
}

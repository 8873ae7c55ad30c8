import { interned } from '../../strings/interned.js';
import { ENTRY_BYTES, messageMemory } from '../../strings/message-memory.js';
import type { ElementBuilder } from '../element-builder.js';
import { type QualifiedName, splitName } from '../qualified-name.js';

/** The start tag of a root element, as it stood in an earlier document. */
export interface RootTag {
  /** From `<` to `>`, as a string of its own. */
  readonly text: string;
  readonly name: QualifiedName;
  /** Declarations included. */
  readonly attributes: readonly { readonly name: QualifiedName; readonly value: string }[];
}

// Bounded in number and length, because peers choose what they send.
const MAX_KNOWN = 8;
const MAX_LENGTH = 1024;

/** The first is what was found last. */
const table: RootTag[] = [];
const memory = messageMemory.join({
  forget: () => {
    table.length = 0;
  },
});

/**
 * The start tag that begins here, if an earlier document began with it. An envelope declares its prefixes in it, at length, and
 * a client writes the same in every message.
 */
export function findRootTag(bytes: Uint8Array, text: string, at: number): RootTag | undefined {
  for (let place = 0; place < table.length; place++) {
    const known = table[place] as RootTag; // in range
    const end = at + known.text.length;
    // The last byte tells most that differ apart, at no cost.
    if (bytes[end - 1] !== GREATER || text.slice(at, end) !== known.text) continue;
    for (let to = place; to > 0; to--) table[to] = table[to - 1] as RootTag; // in range
    table[0] = known;
    return known;
  }
  return undefined;
}

const GREATER = 0x3e;

/** Keeps a start tag that has been read: names, and values between quotes that hold neither references nor that quote. */
export function keepRootTag(text: string): void {
  if (text.length > MAX_LENGTH) return;
  const own = interned(text);
  const attributes = Array.from(own.matchAll(ATTRIBUTE), ([, name = '', , value = '']) => {
    return { name: splitName(name), value: interned(value) };
  });
  const tag: RootTag = { text: own, name: splitName(NAME.exec(own)?.[0] ?? ''), attributes };
  if (!memory.take(bytesOfTag(tag))) return;
  const oldest = table[MAX_KNOWN - 1];
  if (oldest !== undefined) {
    table.pop();
    memory.give(bytesOfTag(oldest));
  }
  table.unshift(tag);
}

/** The text, its pieces, and the names, which other tables may have forgotten. */
function bytesOfTag({ text, attributes }: RootTag): number {
  return 4 * text.length + (attributes.length + 1) * 5 * ENTRY_BYTES;
}

const NAME = /(?<=^<)[^\s>]+/;
const ATTRIBUTE = /([^\s=]+)=(["'])(.*?)\2/g;

/** Gives the builder what reading the tag would. */
export function openRoot({ name, attributes }: RootTag, builder: ElementBuilder): void {
  for (const attribute of attributes) builder.attribute(attribute.name, attribute.value);
  builder.openElement(name);
}

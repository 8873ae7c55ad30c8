import { interned } from './interned.js';
import { bytesOfText, ENTRY_BYTES, messageMemory } from './message-memory.js';

const MAX_ENTRIES = 512;
const MAX_LENGTH = 512;

/** How much is kept. */
interface Bounds {
  readonly entries?: number;
  /** Longer texts are computed each time, in characters. */
  readonly length?: number;
}

/** An object or two, with strings that are not longer than the text together. */
const MADE_BYTES = 200;

/**
 * The same function, which keeps what it made of texts that it was given before, unless that is undefined. For what clients send
 * again and again, such as URIs; bounded, because they choose it. What is kept must not depend on anything but the text, nor hold
 * a piece of it (`interned`, `detached`), nor more characters than it has.
 */
export function rememberByText<T>(compute: (text: string) => T, bounds: Bounds = {}): (text: string) => T {
  const { entries = MAX_ENTRIES, length = MAX_LENGTH } = bounds;
  const remembered = new Map<string, T>();
  const memory = messageMemory.join({ forget: () => remembered.clear() });
  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const made = compute(text);
    if (made === undefined || text.length > length) return made;
    if (remembered.size >= entries) {
      remembered.clear();
      memory.give(memory.used);
    }
    if (memory.take(2 * bytesOfText(text) + ENTRY_BYTES + MADE_BYTES)) remembered.set(interned(text), made);
    return made;
  };
}

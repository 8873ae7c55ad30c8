import { splitName } from './qualified-name.js';
import { NOT_REMEMBERED, type ReaderMemory } from './reader-memory.js';

/** Remembers nothing: each document is read as if it were the first. */
export const noMemory: ReaderMemory = {
  declarations: undefined,
  name: ({ text }, from, end) => splitName(text.slice(from, end)),
  recallRootTag: () => NOT_REMEMBERED,
  keepRootTag: () => {},
  recallElement: () => NOT_REMEMBERED,
  keepElement: () => {},
};

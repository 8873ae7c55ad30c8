/** How large a query may be. A text within these limits is parsed in time linear in its length. */
export const queryLimits = {
  /** Characters of the whole text. */
  textLength: 65_536,
  tokens: 16_384,
  /** Characters of one name. */
  nameLength: 256,
  /** Parentheses and NOTs within each other. */
  depth: 200,
  /** Names in one property path, such as `a.b.c`. */
  pathSteps: 16,
  /** Characters of all LIKE patterns together, which bounds the time for one instance. */
  patternLength: 2_048,
} as const;

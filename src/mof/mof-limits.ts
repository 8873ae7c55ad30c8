/** Bounds on what one MOF text may hold; texts also come from the network. */
export const mofLimits = {
  /** Characters of a name. */
  nameLength: 256,
  /** Characters of a number; enough for 64 binary digits and for every decimal form of a real64. */
  numberLength: 400,
  /** UTF-16 code units of a string, all its adjacent literals together. */
  stringLength: 4 * 1024 * 1024,
  /** Instances within instances, as values or in strings, and references within keys of references. */
  nesting: 16,
  /** Files within files. */
  includeDepth: 32,
  /** Files in one compilation. */
  files: 20_000,
  /** Bytes of one file. */
  fileBytes: 64 * 1024 * 1024,
  /** Warnings that are kept. */
  warnings: 100,
  /** Errors after which a compilation gives up. */
  errors: 100,
} as const;

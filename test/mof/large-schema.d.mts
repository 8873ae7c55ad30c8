/** MOF of a schema with that many classes and descriptions of that many words. */
export function largeSchema(size?: { readonly classes?: number; readonly wordsPerDescription?: number }): string;

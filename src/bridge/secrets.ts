/** What must not be shown. */
export interface Secrets {
  /** Remembers a secret for as long as the process lives. */
  add(secret: string | undefined): void;
  /** The text with `***` for each of them. */
  mask(text: string): string;
}

export function createSecrets(): Secrets {
  const known = new Set<string>();
  return {
    add(secret) {
      if (secret) known.add(secret);
    },
    mask(text) {
      let masked = text;
      // The longest first: one may be a part of another.
      for (const secret of [...known].sort((a, b) => b.length - a.length)) masked = masked.replaceAll(secret, '***');
      return masked;
    },
  };
}

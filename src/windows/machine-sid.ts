/** The prime and the first values of FNV-1a, one for each part: any three that differ would do. */
const PRIME = 0x01000193;
const BASES = [0x811c9dc5, 0x050c5d1f, 0x9e3779b9];

/** As many digits as those of Windows have, mostly. */
const LEAST = 1_000_000_000;
const MOST = 0xff_ff_ff_ff;

/**
 * What the identifiers of the accounts and groups that a computer has by itself begin with: `S-1-5-21-…`. Windows makes it by chance when it
 * is installed; here it follows from the name, so that each computer has another one, and the same one at every start.
 *
 * @param name of the computer, without its domain
 */
export function machineSid(name: string): string {
  const parts = BASES.map((base) => LEAST + (hash(name.toUpperCase(), base) % (MOST - LEAST)));
  return ['S-1-5-21', ...parts].join('-');
}

function hash(text: string, base: number): number {
  let value = base;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), PRIME) >>> 0;
  return value;
}

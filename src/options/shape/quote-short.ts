/** As much of a value as a message quotes. */
const QUOTED = 60;

/** A value as a message of one line shows it: of lists and objects only what they are. */
export function quoteShort(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `'${value.length > QUOTED ? `${value.slice(0, QUOTED)}…` : value}'`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

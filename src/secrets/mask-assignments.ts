/** Stands for what must not be shown. */
export const MASK = '***';

/** A quoted text, one that is not closed included; or what MOF has in braces, or a number. No part of it can be matched in two ways. */
const VALUE = [
  String.raw`"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)`,
  String.raw`'[^'\\]*(?:\\[^][^'\\]*)*(?:'|\\?$)`,
  String.raw`\{[^{}]*(?:\}|$)`,
  String.raw`(?<![\w.])[-+]?\d[\d.]{0,40}`,
].join('|');
const OPERATOR = String.raw`(?:[=<>!]{1,2}|\blike\b)`;
const NAME_FIRST = new RegExp(String.raw`\b([A-Za-z_]\w{0,127})(\s{0,20}${OPERATOR}\s{0,20})(${VALUE})`, 'gi');
const VALUE_FIRST = new RegExp(
  String.raw`(${VALUE})(\s{0,20}${OPERATOR}\s{0,20})([A-Za-z_]\w{0,127})\b(?!\s{0,20}${OPERATOR})`,
  'gi',
);

/**
 * Masks values beside the names of secrets in texts that are no markup: `Password = "a";` of MOF, `WHERE Secret = 'a'` of a query,
 * `Class.Secret="a"` of an object path, either side first.
 *
 * @param found is given each value that was masked, without its quotes
 */
export function maskAssignments(
  text: string,
  isSecret: (name: string) => boolean,
  found: (value: string) => void,
): string {
  const mask = (value: string): string => {
    found(value.replace(/^["']|["']$/g, ''));
    const [quote = ''] = value;
    return quote === '"' || quote === "'" ? quote + MASK + quote : MASK;
  };
  return text
    .replace(NAME_FIRST, (whole, name: string, between: string, value: string) =>
      isSecret(name) ? name + between + mask(value) : whole,
    )
    .replace(VALUE_FIRST, (whole, value: string, between: string, name: string) =>
      isSecret(name) && !value.includes(MASK) ? mask(value) + between + name : whole,
    );
}

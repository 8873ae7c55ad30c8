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
/** Operators of a query that take more than one value. */
const RANGE = String.raw`\bin\s{0,20}\((?:[^()'"]|"[^"]*(?:"|$)|'[^']*(?:'|$))*(?:\)|$)|\bbetween\b\s{0,20}(?:${VALUE})(?:\s{0,20}\band\s{0,20}(?:${VALUE}))?`;
/** Behind a name: `"` of JSON, `)` of a function of CQL. */
const CLOSED = String.raw`["')\]]{0,2}\s{0,20}`;
/** A text without quotes, as in `Server=a;Password=b;` or `?Password=b+Name=a`. */
const BARE = String.raw`(?!null\b|true\b|false\b|\$)[^\s"'<>(){}\[\],;&+=][^\s"'<>(){}\[\],;&+]*`;
const NAME_FIRST = new RegExp(
  String.raw`\b([A-Za-z_]\w{0,127})(?:(${CLOSED}(?:${OPERATOR}|:)\s{0,20})(${VALUE})|(\s{0,20}=\s{0,20})(${BARE})|(${CLOSED})((?:not\s{1,20})?)(${RANGE}))`,
  'gi',
);
const VALUE_FIRST = new RegExp(
  String.raw`(${VALUE})(\s{0,20}${OPERATOR}\s{0,20})([A-Za-z_]\w{0,127})\b(?!\s{0,20}${OPERATOR})`,
  'gi',
);

/** `-Password x` and `--user-password 'x'` of a command line. */
const FLAG = /(?<![\w-])(--?)([A-Za-z][\w-]{0,127})(\s{1,20})("[^"]*(?:"|$)|'[^']*(?:'|$)|[^\s"'<>&;-][^\s"'<>&;]*)/g;
/** `https://user:password@host`. */
const IN_URL = /\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{0,200}:)([^\s/@"'<>]{1,500})(?=@)/gi;

/**
 * Masks values beside the names of secrets in texts that are no markup: `Password = "a";` of MOF, `WHERE Secret = 'a'` of a query,
 * `Class.Secret="a"` of an object path, either side first; `-Password a` of a command line, `https://user:a@host`.
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
  return maskArguments(text, isSecret, mask)
    .replace(
      NAME_FIRST,
      (whole, name: string, between?: string, value?: string, is?: string, bare?: string, ...range: string[]) => {
        if (!isSecret(name)) return whole;
        if (value !== undefined) return name + between + mask(value);
        if (bare !== undefined) return name + is + mask(bare);
        return name + range[0] + range[1] + maskRange(range[2] ?? '', found);
      },
    )
    .replace(VALUE_FIRST, (whole, value: string, between: string, name: string) =>
      isSecret(name) && !value.includes(MASK) ? mask(value) + between + name : whole,
    );
}

function maskArguments(text: string, isSecret: (name: string) => boolean, mask: (value: string) => string): string {
  const byUrl = text.includes('://')
    ? text.replace(IN_URL, (_, before: string, value: string) => before + mask(value))
    : text;
  if (!byUrl.includes('-')) return byUrl;
  return byUrl.replace(FLAG, (whole, dashes: string, name: string, gap: string, value: string) =>
    isSecret(name.replaceAll('-', '_')) ? dashes + name + gap + mask(value) : whole,
  );
}

const QUOTED = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)"|'([^'\\]*(?:\\[\s\S][^'\\]*)*)'/g;

/** `IN ('a', 'b')` and `BETWEEN 'a' AND 'b'`, with one mask for all that they name. */
function maskRange(range: string, found: (value: string) => void): string {
  for (const [, double, single] of range.matchAll(QUOTED)) found(double ?? single ?? '');
  return `${/^\w+/.exec(range)?.[0] ?? ''} ${MASK}`;
}

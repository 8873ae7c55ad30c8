import { CimError } from './cim-error.js';
import { type CimKeyValue, InstancePath, normalizeNamespace } from './instance-path.js';
import { NameMap } from './name-map.js';
import { shorten } from './shorten.js';
import { UNNAMED_KEY } from './unnamed-key.js';

const CLASS_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const INTEGER = /^([+-]?)(\d{1,20}|0[xX][\dA-Fa-f]{1,16})$/;

/** Of the characters that are not printed those that XML can carry, and the sign itself; any other `%` is what it looks like. */
const URL_NOTATION = /%(09|0[AaDd]|20|25|7[fF])/g;

/** How values in quotes have them: doubled, or, where a caller may have forgotten it, as they are. */
export type Backslashes = 'doubled' | 'as written';

/** The path that is read, for what is said of it. */
interface Given {
  readonly text: string;
  readonly backslashes: Backslashes;
}

/**
 * Reads an object path in every form that DSP0004 §8.2, MS-WMI 2.2.2 and Microsoft's pages on object paths have:
 *
 * - before the class nothing, `ns:`, `//host/ns:`, or the same with backslashes;
 * - `Class`, a class, or an object of a class whose keys come from elsewhere;
 * - `Class.K="v",L=1`, keys in any order;
 * - `Class="v"`, the only key of its class, which is called {@link UNNAMED_KEY} until somebody who knows the class names it;
 * - `Class=@`, the only object of a class without keys.
 *
 * A value is text in quotes of either kind, an integer, decimal or hexadecimal, or a boolean; blanks around it, and around names,
 * do not count. In quotes, a backslash stands before a quote or a second backslash, and `%09`, `%0A`, `%0D`, `%20`, `%25` and
 * `%7F` are their characters. Text in quotes is a string, also where the key is a datetime or a reference: only the class could
 * tell.
 *
 * @param backslashes `as written`: where one stands before something else, nobody has doubled them, and the value is what stands there
 * @throws CimError InvalidParameter that says what is wrong where
 */
export function parseInstancePath(text: string, backslashes: Backslashes = 'doubled'): InstancePath {
  const path = text.trim();
  // A host may hold dots and a port, so the colon behind the namespace is the last one before the first key's value.
  const equals = path.indexOf('=');
  const colon = path.lastIndexOf(':', equals < 0 ? path.length : equals);
  const { host, namespace } = parseLocation(path, path.slice(0, Math.max(colon, 0)));
  const local = path.slice(colon + 1);
  const dot = local.indexOf('.');
  const sign = equals < 0 ? -1 : equals - colon - 1;
  const end = dot < 0 || (sign >= 0 && sign < dot) ? sign : dot;
  const className = (end < 0 ? local : local.slice(0, end)).trim();
  if (!CLASS_NAME.test(className)) throw invalid(path, `'${shorten(className)}' is not a class name`);
  if (end < 0) return new InstancePath({ host, namespace, className });
  const rest = local.slice(end + 1).trimStart();
  const given: Given = { text: path, backslashes };
  if (local[end] === '.') return new InstancePath({ host, namespace, className, keys: parseKeys(given, rest) });
  if (rest === '@') return new InstancePath({ host, namespace, className, isSingleton: true });
  return new InstancePath({ host, namespace, className, keys: parseOnlyKey(given, rest) });
}

/** Blanks around the parts say nothing, as around the keys: a selector that names a namespace has none around it either. */
function parseLocation(text: string, given: string): { host: string | undefined; namespace: string | undefined } {
  const location = given.trim();
  if (!/^(\/\/|\\\\)/.test(location)) return { host: undefined, namespace: normalizeNamespace(location) || undefined };
  const rest = location.slice(2);
  const slash = rest.search(/[\\/]/);
  if (slash <= 0 || normalizeNamespace(rest.slice(slash)) === '')
    throw invalid(text, 'a host must be followed by a namespace');
  return { host: rest.slice(0, slash).trim(), namespace: rest.slice(slash + 1).trim() };
}

function parseKeys(given: Given, source: string): NameMap<CimKeyValue> {
  const keys = new NameMap<CimKeyValue>();
  let at = 0;
  for (;;) {
    const equals = source.indexOf('=', at);
    const name = (equals < 0 ? source.slice(at) : source.slice(at, equals)).trim();
    if (equals < 0 || !CLASS_NAME.test(name))
      throw invalid(given.text, `expected KEY=VALUE at '${shorten(source.slice(at))}'`);
    if (keys.has(name)) throw invalid(given.text, `key '${shorten(name)}' is given twice`);
    const value = readValue(given, source, equals + 1);
    keys.set(name, value.value);
    at = value.end;
    if (at === source.length) return keys;
    if (source[at] !== ',') throw invalid(given.text, `expected ',' after key '${shorten(name)}'`);
    at += 1;
  }
}

function parseOnlyKey(given: Given, source: string): NameMap<CimKeyValue> {
  const { value, end } = readValue(given, source, 0);
  if (end === source.length) return new NameMap([[UNNAMED_KEY, value] as const]);
  throw invalid(given.text, `nothing may follow the value of an only key; several keys are CLASS.KEY=VALUE,KEY=VALUE`);
}

function readValue(given: Given, source: string, start: number): { value: CimKeyValue; end: number } {
  const first = skipBlanks(source, start);
  const quote = source[first];
  if (quote === '"' || quote === "'") {
    const { value, end } = readQuoted(given, source, first + 1, quote);
    return { value, end: skipBlanks(source, end) };
  }
  const comma = source.indexOf(',', first);
  const end = comma < 0 ? source.length : comma;
  const word = source.slice(first, end).trim();
  const [, sign, digits] = INTEGER.exec(word) ?? [];
  if (digits !== undefined) {
    const big = sign === '-' ? -BigInt(digits) : BigInt(digits);
    return { value: Number.isSafeInteger(Number(big)) ? Number(big) : big, end };
  }
  if (/^(true|false)$/i.test(word)) return { value: word.toLowerCase() === 'true', end };
  throw invalid(given.text, `'${shorten(word)}' is neither text in quotes, an integer nor a boolean`);
}

function skipBlanks(source: string, start: number): number {
  let at = start;
  while (source[at] === ' ' || source[at] === '\t') at += 1;
  return at;
}

function readQuoted(given: Given, source: string, start: number, quote: string): { value: string; end: number } {
  const close = source.indexOf(quote, start);
  const plain = source.slice(start, Math.max(close, start));
  // Most values have no backslash, and end at the next quote.
  if (close >= 0 && !plain.includes('\\')) return { value: decodeUrlNotation(plain), end: close + 1 };
  const read = readDoubled(source, start, quote);
  if (typeof read !== 'string') return read;
  if (given.backslashes === 'as written' && close >= 0) return { value: decodeUrlNotation(plain), end: close + 1 };
  throw invalid(given.text, read);
}

/** A value whose backslashes are doubled; what is wrong with it where it is none. */
function readDoubled(source: string, start: number, quote: string): { value: string; end: number } | string {
  const parts: string[] = [];
  let from = start;
  for (let at = start; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') {
      parts.push(source.slice(from, at));
      at += 1;
      from = at;
      if (at < source.length && !`\\"'`.includes(source.charAt(at)))
        return `a backslash in a value stands before a quote or a second backslash, as in "C:\\\\temp"`;
    } else if (character === quote) {
      parts.push(source.slice(from, at));
      return { value: decodeUrlNotation(parts.join('')), end: at + 1 };
    }
  }
  return 'a quoted value is not closed';
}

function decodeUrlNotation(value: string): string {
  if (!value.includes('%')) return value;
  return value.replace(URL_NOTATION, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function invalid(text: string, why: string): CimError {
  return new CimError('InvalidParameter', `'${shorten(text, 80)}' is not an object path: ${why}.`);
}

import { CimError } from './cim-error.js';
import { type CimKeyValue, InstancePath, normalizeNamespace } from './instance-path.js';
import { NameMap } from './name-map.js';
import { shorten } from './shorten.js';
import { UNNAMED_KEY } from './unnamed-key.js';

const CLASS_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const INTEGER = /^([+-]?)(\d{1,20}|0[xX][\dA-Fa-f]{1,16})$/;

/** Of the characters that are not printed those that XML can carry, and the sign itself; any other `%` is what it looks like. */
const URL_NOTATION = /%(09|0[AaDd]|20|25|7[fF])/g;

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
 * @throws CimError InvalidParameter that says what is wrong where
 */
export function parseInstancePath(text: string): InstancePath {
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
  if (local[end] === '.') return new InstancePath({ host, namespace, className, keys: parseKeys(path, rest) });
  if (rest === '@') return new InstancePath({ host, namespace, className, isSingleton: true });
  return new InstancePath({ host, namespace, className, keys: parseOnlyKey(path, rest) });
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

function parseKeys(text: string, source: string): NameMap<CimKeyValue> {
  const keys = new NameMap<CimKeyValue>();
  let at = 0;
  for (;;) {
    const equals = source.indexOf('=', at);
    const name = (equals < 0 ? source.slice(at) : source.slice(at, equals)).trim();
    if (equals < 0 || !CLASS_NAME.test(name))
      throw invalid(text, `expected KEY=VALUE at '${shorten(source.slice(at))}'`);
    if (keys.has(name)) throw invalid(text, `key '${shorten(name)}' is given twice`);
    const value = readValue(text, source, equals + 1);
    keys.set(name, value.value);
    at = value.end;
    if (at === source.length) return keys;
    if (source[at] !== ',') throw invalid(text, `expected ',' after key '${shorten(name)}'`);
    at += 1;
  }
}

function parseOnlyKey(text: string, source: string): NameMap<CimKeyValue> {
  const { value, end } = readValue(text, source, 0);
  if (end === source.length) return new NameMap([[UNNAMED_KEY, value] as const]);
  throw invalid(text, `nothing may follow the value of an only key; several keys are CLASS.KEY=VALUE,KEY=VALUE`);
}

function readValue(text: string, source: string, start: number): { value: CimKeyValue; end: number } {
  const first = skipBlanks(source, start);
  const quote = source[first];
  if (quote === '"' || quote === "'") {
    const { value, end } = readQuoted(text, source, first + 1, quote);
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
  throw invalid(text, `'${shorten(word)}' is neither text in quotes, an integer nor a boolean`);
}

function skipBlanks(source: string, start: number): number {
  let at = start;
  while (source[at] === ' ' || source[at] === '\t') at += 1;
  return at;
}

function readQuoted(text: string, source: string, start: number, quote: string): { value: string; end: number } {
  const close = source.indexOf(quote, start);
  const plain = source.slice(start, Math.max(close, start));
  // Most values have no backslash, and end at the next quote.
  if (close >= 0 && !plain.includes('\\')) return { value: decodeUrlNotation(plain), end: close + 1 };
  const parts: string[] = [];
  let from = start;
  for (let at = start; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') {
      parts.push(source.slice(from, at));
      at += 1;
      from = at;
      if (at < source.length && !`\\"'`.includes(source.charAt(at))) {
        throw invalid(text, `a backslash in a value stands before a quote or a second backslash, as in "C:\\\\temp"`);
      }
    } else if (character === quote) {
      parts.push(source.slice(from, at));
      return { value: decodeUrlNotation(parts.join('')), end: at + 1 };
    }
  }
  throw invalid(text, 'a quoted value is not closed');
}

function decodeUrlNotation(value: string): string {
  if (!value.includes('%')) return value;
  return value.replace(URL_NOTATION, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function invalid(text: string, why: string): CimError {
  return new CimError('InvalidParameter', `'${shorten(text, 80)}' is not an object path: ${why}.`);
}

import { CimError } from './cim-error.js';
import { type CimKeyValue, InstancePath } from './instance-path.js';
import { NameMap } from './name-map.js';
import { shorten } from './shorten.js';

const CLASS_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * Reads the object path of DSP0004 §8.2, in the forms that tools write: `//host/ns:Class.K="v",L=1`,
 * `\\host\ns:Class.K="v"`, `ns:Class…` and `Class…`. A quoted value is a string, also where the key is a datetime or
 * a reference: only the class could tell.
 *
 * @throws CimError InvalidParameter that says what is wrong where
 */
export function parseInstancePath(text: string): InstancePath {
  // A host may hold dots and a port, so the colon behind the namespace is the last one before the first key's value.
  const equals = text.indexOf('=');
  const colon = text.lastIndexOf(':', equals < 0 ? text.length : equals);
  const location = text.slice(0, Math.max(colon, 0));
  const local = text.slice(colon + 1);
  const dot = local.indexOf('.');
  const className = dot < 0 ? local : local.slice(0, dot);
  if (!CLASS_NAME.test(className)) throw invalid(text, `'${shorten(className)}' is not a class name`);
  const { host, namespace } = parseLocation(text, location);
  const keys = dot < 0 ? new NameMap<CimKeyValue>() : parseKeys(text, local.slice(dot + 1));
  return new InstancePath({ host, namespace, className, keys });
}

function parseLocation(text: string, location: string): { host: string | undefined; namespace: string | undefined } {
  if (location === '') return { host: undefined, namespace: undefined };
  if (!/^(\/\/|\\\\)/.test(location)) return { host: undefined, namespace: location };
  const rest = location.slice(2);
  const slash = rest.search(/[\\/]/);
  if (slash <= 0 || slash === rest.length - 1) throw invalid(text, 'a host must be followed by a namespace');
  return { host: rest.slice(0, slash), namespace: rest.slice(slash + 1) };
}

function parseKeys(text: string, source: string): NameMap<CimKeyValue> {
  const keys = new NameMap<CimKeyValue>();
  let at = 0;
  for (;;) {
    const equals = source.indexOf('=', at);
    const name = equals < 0 ? source.slice(at) : source.slice(at, equals);
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

function readValue(text: string, source: string, start: number): { value: CimKeyValue; end: number } {
  if (source[start] === '"') return readQuoted(text, source, start + 1);
  const comma = source.indexOf(',', start);
  const end = comma < 0 ? source.length : comma;
  const word = source.slice(start, end);
  if (/^[+-]?\d{1,20}$/.test(word)) {
    const big = BigInt(word);
    return { value: Number.isSafeInteger(Number(big)) ? Number(big) : big, end };
  }
  if (/^(true|false)$/i.test(word)) return { value: word.toLowerCase() === 'true', end };
  throw invalid(text, `'${shorten(word)}' is neither a quoted string, an integer nor a boolean`);
}

function readQuoted(text: string, source: string, start: number): { value: string; end: number } {
  const parts: string[] = [];
  let from = start;
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === '\\') {
      parts.push(source.slice(from, at));
      at += 1;
      from = at;
    } else if (source[at] === '"') {
      parts.push(source.slice(from, at));
      return { value: parts.join(''), end: at + 1 };
    }
  }
  throw invalid(text, 'a quoted value is not closed');
}

function invalid(text: string, why: string): CimError {
  return new CimError('InvalidParameter', `'${shorten(text, 80)}' is not an object path: ${why}.`);
}

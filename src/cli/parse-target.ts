import { CimError } from '../cim/model/cim-error.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import { parseInstancePath } from '../cim/model/parse-instance-path.js';
import { parseClassResourceUri } from '../client/message/resource-uri.js';
import { UsageError } from './exit-with-error.js';

/**
 * Reads an object in the forms people know: the object path `CLASS.Key="v",…`, the selectors of `winrm`
 * `CLASS?Key=v+Key=v` with the class also as its resource URI, or `CLASS` alone (a static call), each with `--key Name=value` added.
 *
 * @param flag what messages call it
 * @throws UsageError
 */
export function parseTarget(on: string, keys: readonly string[], flag = '--on'): InstancePath {
  const path = isSelectorForm(on) || ALIASES.test(on) ? parseSelectors(on, flag) : parsePath(on, flag);
  if (keys.length === 0) return path;
  const all = new NameMap(path.keys);
  for (const key of keys) addKey(all, ...splitKey(key, '--key'), '--key');
  return new InstancePath({ host: path.host, namespace: path.namespace, className: path.className, keys: all });
}

/**
 * Reads an object path given to a flag.
 *
 * @throws UsageError that names the flag
 */
export function parsePath(text: string, flag: string): InstancePath {
  try {
    return parseInstancePath(text);
  } catch (error) {
    if (error instanceof CimError) throw new UsageError(`${flag}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** A question mark may also stand in a key value of an object path, behind a dot or an equals sign. */
function isSelectorForm(on: string): boolean {
  return isUri(on) || /^[^.="]*\?/.test(on);
}

function parseSelectors(on: string, flag: string): InstancePath {
  const mark = on.indexOf('?');
  const path = parseClass(mark < 0 ? on : on.slice(0, mark), flag);
  const keys = new NameMap(path.keys);
  let { namespace } = path;
  for (const [name, value] of mark < 0 ? [] : splitSelectors(on.slice(mark + 1), flag)) {
    if (sameName(name, '__cimnamespace')) namespace = value;
    else addKey(keys, name, value, flag);
  }
  return new InstancePath({ namespace, className: path.className, keys });
}

function isUri(text: string): boolean {
  return /^[a-z][a-z0-9.+-]*:\/\//i.test(text);
}

/** What `winrm` calls the beginnings of its resource URIs. */
const ALIASES = /^(?:wmi\/|(?:wmicimv2|cimv2)(?=\/))/i;

/**
 * Reads a class as people name it: by its name, with a namespace in front (`root/lab:CIM_Fan`), by its resource URI, or by winrm's alias of
 * one (`wmicimv2/Win32_Service`).
 *
 * @throws UsageError; it says so of URIs of other kinds, such as those of DSP0207
 */
export function parseClass(text: string, flag: string): InstancePath {
  if (text === '*') return new InstancePath({ className: '*' });
  const alias = ALIASES.exec(text)?.[0].toLowerCase();
  if (alias !== undefined) {
    const rest = alias === 'wmi/' ? text.slice(alias.length) : `root/cimv2${text.slice(alias.length)}`;
    const slash = rest.lastIndexOf('/');
    return parsePath(`${rest.slice(0, slash)}:${rest.slice(slash + 1)}`, flag);
  }
  if (!isUri(text)) return parsePath(text, flag);
  const found = parseClassResourceUri(text);
  if (found) return new InstancePath({ className: found.className, namespace: found.namespace });
  const kind = /^[a-z][a-z0-9.+-]*:\/\/[^/]*\/[^:]+:[^/]+$/i.test(text)
    ? 'a WBEM URI (DSP0207)'
    : 'no resource URI of a class';
  throw new UsageError(
    `${flag}: ${text.slice(0, 120)} is ${kind}, which is not understood here: give --url for the server, and CLASS.Key="value" for the object`,
  );
}

/** One selector: up to what parts it from the next, where `Name=` follows; or to the end of its quotes. */
const SELECTOR =
  /\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(.*?))\s*(?:[+&;,](?=\s*[\p{L}_][\p{L}\p{N}_]*\s*=)|$)/suy;

/** `Key=v+Other=w`, parted by `+` as winrm writes it, or by `&`, `;` or `,`; `%20` and the like are decoded where there are no quotes. */
function splitSelectors(text: string, flag: string): [name: string, value: string][] {
  const found: [string, string][] = [];
  let at = 0;
  while (at < text.length) {
    SELECTOR.lastIndex = at;
    const [whole, name, double, single, plain] = SELECTOR.exec(text) ?? [];
    if (whole === undefined || name === undefined || whole === '')
      throw new UsageError(
        `${flag}: expected Name=value, parted by +, &, ; or a comma, not '${text.slice(at, at + 60)}'`,
      );
    found.push([name, double ?? single ?? decoded(plain ?? '')]);
    at += whole.length;
  }
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitKey(text: string, flag: string): [name: string, value: string] {
  const [, name, value] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(.*)$/su.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new UsageError(`${flag}: expected Name=value, not '${text}'`);
  return [name, value.replace(/^"(.*)"$/s, '$1')];
}

/**
 * Reads selectors by themselves, behind a question mark or one at a time.
 *
 * @throws UsageError
 */
export function parseSelectorList(text: string, keys: readonly string[], flag: string): Record<string, string> {
  const selectors = new NameMap<CimKeyValue>();
  for (const [name, value] of splitSelectors(text, flag)) addKey(selectors, name, value, flag);
  for (const key of keys) addKey(selectors, ...splitKey(key, '--key'), '--key');
  return Object.fromEntries([...selectors].map(([name, value]) => [name, String(value)]));
}

function addKey(keys: NameMap<CimKeyValue>, name: string, value: string, flag: string): void {
  if (keys.has(name)) throw new UsageError(`${flag}: key ${name} is given twice`);
  keys.set(name, value);
}

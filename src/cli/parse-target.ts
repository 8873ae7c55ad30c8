import { CimError } from '../cim/model/cim-error.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { NameMap } from '../cim/model/name-map.js';
import { parseInstancePath } from '../cim/model/parse-instance-path.js';
import { UsageError } from './exit-with-error.js';

/**
 * Reads an object in the forms people know: the object path `CLASS.Key="v",…`, the selectors of `winrm`
 * `CLASS?Key=v+Key=v`, or `CLASS` alone (a static call), each with `--key Name=value` added.
 *
 * @param flag what messages call it
 * @throws UsageError
 */
export function parseTarget(on: string, keys: readonly string[], flag = '--on'): InstancePath {
  const path = isSelectorForm(on) ? parseSelectors(on, flag) : parsePath(on, flag);
  if (keys.length === 0) return path;
  const all = new NameMap(path.keys);
  for (const key of keys) addKey(all, key, '--key');
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
  return /^[^.="]*\?/.test(on);
}

function parseSelectors(on: string, flag: string): InstancePath {
  const mark = on.indexOf('?');
  const path = parsePath(on.slice(0, mark), flag);
  const keys = new NameMap(path.keys);
  for (const selector of on.slice(mark + 1).split(/[+&]/)) addKey(keys, selector, flag);
  return new InstancePath({ namespace: path.namespace, className: path.className, keys });
}

function addKey(keys: NameMap<CimKeyValue>, text: string, flag: string): void {
  const [, name, value] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(.*)$/su.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new UsageError(`${flag}: expected Name=value, not '${text}'`);
  if (keys.has(name)) throw new UsageError(`${flag}: key ${name} is given twice`);
  keys.set(name, value.replace(/^"(.*)"$/s, '$1'));
}

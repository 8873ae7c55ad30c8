import { type CimKeyValue, InstancePath } from './instance-path.js';
import { NameMap } from './name-map.js';

/** What the key of a path `Class="value"` is called, which has no name: no property is called so. */
export const UNNAMED_KEY = '';

/** True for a path `Class="value"`, which only somebody who knows the class can complete. */
export function hasUnnamedKey({ keys }: InstancePath): boolean {
  return keys.size > 0 && keys.has(UNNAMED_KEY);
}

/**
 * The path with its key named, when it leaves that to its class.
 *
 * @param keyNames the keys that the class has
 * @returns what is wrong when the class has not just one key; the beginning of a sentence is its class
 */
export function nameUnnamedKey(path: InstancePath, keyNames: readonly string[]): InstancePath | string {
  if (!hasUnnamedKey(path)) return path;
  const [only, second] = keyNames;
  const { host, namespace, className } = path;
  if (only === undefined) return `class ${className} has no keys: its only object is ${className}=@`;
  if (second !== undefined) {
    return `class ${className} has ${keyNames.length} keys (${keyNames.join(', ')}), each of which needs its name`;
  }
  const keys = new NameMap<CimKeyValue>();
  for (const [name, value] of path.keys) keys.set(name === UNNAMED_KEY ? only : name, value);
  return new InstancePath({ host, namespace, className, keys });
}

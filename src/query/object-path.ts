import { CimError } from '../cim/cim-error.js';
import { type CimKeyValue, InstancePath, sameNamespace } from '../cim/instance-path.js';
import { NameMap, sameName } from '../cim/name-map.js';
import { parseInstancePath } from '../cim/parse-instance-path.js';
import { parseScalar } from '../cim/parse-scalar.js';
import type { Schema } from '../cim/schema.js';
import { unnamedKey } from './ast/association-statement.js';
import { parseDateTime } from './parse-date-time.js';

const PREFIX = /^\s*((?:[^"'=]*:)?)\s*([\p{L}_][\p{L}\p{N}_]*)\s*=/u;

/**
 * Reads an object path as WMI users write it: that of DSP0004 §8.2, values also in single quotes, and
 * `Class="value"` for a class with one key. A path without keys names the class.
 *
 * @returns the path, or what is wrong with it
 */
export function parseObjectPath(text: string): InstancePath | string {
  const named = text.trim().replace(PREFIX, (_, prefix: string, name: string) => `${prefix}${name}.${unnamedKey}=`);
  try {
    return parseInstancePath(withDoubleQuotes(named));
  } catch (error) {
    if (error instanceof CimError) return error.message.replace(/\.$/, '');
    throw error;
  }
}

/** Values in single quotes become values in double quotes; escapes stay as they are. */
function withDoubleQuotes(text: string): string {
  if (!text.includes("'")) return text;
  const parts: string[] = [];
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== undefined && character === '\\') {
      parts.push(character, text.charAt(at + 1));
      at += 1;
    } else if (character === quote || (quote === undefined && (character === "'" || character === '"'))) {
      parts.push('"');
      quote = quote === undefined ? character : undefined;
    } else {
      parts.push(quote === "'" && character === '"' ? '\\"' : character);
    }
  }
  return parts.join('');
}

/**
 * The path with its class and keys spelled as declared, and each key of its declared type, as far as the schema knows
 * the class and the text fits the type: a path with anything else names no object.
 */
export function typeObjectPath(path: InstancePath, schema: Schema): InstancePath {
  const cimClass = schema.findClass(path.className);
  if (!cimClass) return path;
  const onlyKey = cimClass.keys.length === 1 ? cimClass.keys[0]?.name : undefined;
  const keys = new NameMap<CimKeyValue>();
  for (const [name, value] of path.keys) {
    const property = cimClass.properties.get(sameName(name, unnamedKey) ? (onlyKey ?? name) : name);
    keys.set(property?.name ?? name, property ? typeKey(value, property.type.name, schema) : value);
  }
  return new InstancePath({ host: path.host, namespace: path.namespace, className: cimClass.name, keys });
}

function typeKey(value: CimKeyValue, type: Parameters<typeof parseScalar>[1], schema: Schema): CimKeyValue {
  if (typeof value === 'object') return value;
  const text = String(value);
  if (type === 'reference') {
    const path = parseObjectPath(text);
    return typeof path === 'string' ? value : typeObjectPath(path, schema);
  }
  return (type === 'datetime' ? parseDateTime(text) : parseScalar(text, type)) ?? value;
}

/** Class, keys and namespace are the same; a path without a namespace is one into `namespace`. */
export function sameObject(a: InstancePath, b: InstancePath, namespace = ''): boolean {
  if (!sameName(a.className, b.className) || a.canonicalKeys !== b.canonicalKeys) return false;
  return sameNamespace(a.namespace ?? namespace, b.namespace ?? namespace);
}

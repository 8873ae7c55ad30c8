import type { CimClass } from '../../cim/model/cim-class.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimError } from '../../cim/model/cim-error.js';
import { type CimType, describeType } from '../../cim/model/cim-type.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import { parseInstancePath } from '../../cim/model/parse-instance-path.js';
import { parseScalar } from '../../cim/model/parse-scalar.js';
import { nameUnnamedKey } from '../../cim/model/unnamed-key.js';
import type { Schema } from '../../cim/schema/schema.js';
import type { WindowsNames } from '../windows/windows-names.js';

/** Where paths are looked up. */
export interface PathContext {
  /** The namespace of paths that name none; undefined leaves them without. */
  readonly namespace: string | undefined;
  /** The schema of a namespace, or of the paths that name none; undefined when nothing is known of it. */
  schemaOf(namespace: string | undefined): Schema | undefined;
  /** True when a class may be missing because of errors reported before. */
  isExcused(namespace: string | undefined, className: string): boolean;
  /** What is there without a declaration in the namespace of paths that name none. */
  readonly windows?: WindowsNames | undefined;
}

/** Why a text is no path to what a reference may refer to. */
export interface PathProblem {
  /** undefined: the cause has been reported elsewhere. */
  readonly problem: string | undefined;
}

/**
 * Reads an object path, gives its keys the types of its class, and checks that a reference of that type may hold it.
 * The instance need not exist.
 */
export function bindPath(text: string, type: CimType, context: PathContext): InstancePath | PathProblem {
  let path: InstancePath;
  try {
    path = parseInstancePath(text);
  } catch (error) {
    if (error instanceof CimError) return { problem: error.message };
    throw error;
  }
  const namespace = path.namespace ?? context.namespace;
  if (path.namespace === undefined) context.windows?.findClass(path.className);
  const schema = context.schemaOf(namespace);
  // Other servers' and unknown namespaces' classes cannot be checked.
  if (!schema) return withKeys(path, namespace, path.keys);
  const cimClass = schema.findClass(path.className);
  if (!cimClass) {
    const excused = context.isExcused(namespace, path.className);
    return { problem: excused ? undefined : `class ${path.className} of the path does not exist` };
  }
  const wanted = type.referenceClass;
  if (wanted !== undefined && schema.findClass(wanted) && !schema.isA(cimClass.name, wanted)) {
    return { problem: `a path to ${cimClass.name} where ${describeType(type)} is wanted` };
  }
  const keys = bindKeys(path, cimClass, context);
  return keys instanceof NameMap ? withKeys(path, namespace, keys) : keys;
}

function withKeys(path: InstancePath, namespace: string | undefined, keys: NameMap<CimKeyValue>): InstancePath {
  return new InstancePath({ host: path.host, namespace, className: path.className, keys });
}

function bindKeys(given: InstancePath, cimClass: CimClass, context: PathContext): NameMap<CimKeyValue> | PathProblem {
  const names = cimClass.keys.map(({ name }) => name);
  if (given.isSingleton && names.length > 0) {
    return { problem: `'=@' is for a class without keys, and ${cimClass.name} has ${names.join(', ')}` };
  }
  const path = nameUnnamedKey(given, names);
  if (typeof path === 'string') return { problem: path };
  const keys = new NameMap<CimKeyValue>();
  for (const key of cimClass.keys) {
    const given = path.keys.get(key.name);
    if (given === undefined) return { problem: `the path to ${cimClass.name} lacks key ${key.name}` };
    const value = bindKey(given, key.type, context);
    if (typeof value === 'object' && 'problem' in value) {
      return { problem: value.problem && `key ${key.name}: ${value.problem}` };
    }
    keys.set(key.name, value);
  }
  for (const name of path.keys.keys()) {
    if (!keys.has(name)) return { problem: `${name} is no key of ${cimClass.name}` };
  }
  return keys;
}

/** Quoted values are typed by the class alone, and WMI quotes numbers too. */
function bindKey(given: CimKeyValue, type: CimType, context: PathContext): CimKeyValue | PathProblem {
  if (type.name === 'reference') {
    // Each level of quotes doubles the backslashes, so the length of the text bounds this recursion.
    return typeof given === 'string' ? bindPath(given, type, context) : wrongKey(given, type);
  }
  const isText = type.name === 'string' || type.name === 'char16' || type.name === 'datetime';
  if (isText !== (typeof given === 'string') && (isText || type.name === 'boolean')) return wrongKey(given, type);
  if (type.name === 'char16') return typeof given === 'string' && given.length === 1 ? given : wrongKey(given, type);
  if (type.name === 'boolean') return typeof given === 'boolean' ? given : wrongKey(given, type);
  const value = parseScalar(String(given), type.name);
  return value === undefined ? wrongKey(given, type) : value;
}

function wrongKey(given: CimKeyValue, type: CimType): PathProblem {
  const text = given instanceof CimDateTime || given instanceof InstancePath ? given.toString() : String(given);
  return { problem: `'${text.slice(0, 40)}' is not a value of type ${describeType(type)}` };
}

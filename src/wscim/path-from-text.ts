import type { CimClass } from '../cim/model/cim-class.js';
import type { CimTypeName } from '../cim/model/cim-type.js';
import { type CimKeyValue, InstancePath, sameNamespace } from '../cim/model/instance-path.js';
import { NameMap } from '../cim/model/name-map.js';
import { parseObjectPath } from '../cim/model/parse-object-path.js';
import { parseScalar } from '../cim/model/parse-scalar.js';
import { shorten } from '../cim/model/shorten.js';
import { aboutName } from '../cim/model/unknown-name.js';
import { nameUnnamedKey } from '../cim/model/unnamed-key.js';
import { detached } from '../strings/detached.js';
import { parseIsoDateTime } from './iso-date-time.js';
import { typeMismatch } from './type-mismatch.js';
import type { WscimContext } from './wscim-context.js';

/**
 * Reads a reference given as an object path, as {@link parseObjectPath} takes it. Its keys get the types that the class
 * declares.
 *
 * @returns undefined when the text is no object path
 * @throws CimError TypeMismatch for an unknown class or a key of the wrong type
 */
export function pathFromText(text: string, what: string, context: WscimContext): InstancePath | undefined {
  const path = parseObjectPath(text);
  if (typeof path === 'string') return undefined;
  const namespace = path.namespace ?? context.namespace;
  const cimClass = findServedClass(namespace, path.className, what, context);
  const named = nameUnnamedKey(path, cimClass?.keys.map(({ name }) => name) ?? []);
  if (cimClass && typeof named === 'string') throw typeMismatch(what, named);
  const keys = new NameMap<CimKeyValue>();
  for (const [name, value] of typeof named === 'string' ? path.keys : named.keys) {
    const type = cimClass?.properties.get(name)?.type.name;
    const key = type === undefined ? value : keyFromText(String(value), type, name, what, context);
    // References outlive the message: they are stored.
    keys.set(name, typeof key === 'string' ? detached(key) : key);
  }
  const { isSingleton } = path;
  return new InstancePath({ namespace, className: cimClass?.name ?? path.className, keys, isSingleton });
}

/** The value of a key given as text; a reference key may be given as an object path. @throws CimError TypeMismatch */
export function keyFromText(
  text: string,
  type: CimTypeName,
  name: string,
  what: string,
  context: WscimContext,
): CimKeyValue {
  const value =
    type === 'reference'
      ? pathFromText(text.trim(), what, context)
      : type === 'datetime'
        ? parseIsoDateTime(text)
        : parseScalar(text, type);
  if (value === undefined) throw typeMismatch(what, `key ${shorten(name)} is not of type ${type}`);
  return value;
}

/**
 * The class a reference names; undefined when its namespace is not served here, so that nobody can tell.
 *
 * @throws CimError TypeMismatch when the namespace is served and has no such class
 */
export function findServedClass(
  namespace: string,
  className: string,
  what: string,
  context: WscimContext,
): CimClass | undefined {
  const schema = sameNamespace(namespace, context.namespace) ? context.schema : context.findSchema(namespace);
  const found = schema?.findClass(className);
  if (schema && !found) {
    const error = typeMismatch(what, `class ${shorten(className, 200)} does not exist in ${shorten(namespace, 200)}`);
    throw aboutName(error, { kind: 'class', name: className, schema });
  }
  return found;
}

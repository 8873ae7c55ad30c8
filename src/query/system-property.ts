import { type CimClass, lineage } from '../cim/model/cim-class.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { type CimType, plainType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { NameMap } from '../cim/model/name-map.js';
import type { Schema } from '../cim/schema/schema.js';
import { serverName } from './path-text.js';

/** Where a query runs: what `__NAMESPACE` and `__SERVER` are of objects that do not say so themselves. */
export interface QueryPlace {
  readonly namespace?: string | undefined;
  readonly server?: string | undefined;
}

/** A property that WMI gives every object of a kind. */
export interface SystemProperty<T> {
  readonly name: string;
  readonly type: CimType;
  readonly read: (subject: T) => CimValue;
}

const text = plainType('string');
const count = plainType('sint32');
const texts = plainType('string', { kind: 'Ordered', size: undefined });
/** Compared by the object it names; a LIKE sees its text. */
const path = plainType('reference');

/** The system properties of class declarations. */
export function classSystemProperties(place: QueryPlace): NameMap<SystemProperty<CimClass>> {
  const derivation = (cimClass: CimClass) => [...lineage(cimClass)].slice(1).map(({ name }) => name);
  return byName<CimClass>([
    { name: '__CLASS', type: text, read: ({ name }) => name },
    { name: '__SUPERCLASS', type: text, read: ({ superclass }) => superclass?.name ?? null },
    { name: '__DYNASTY', type: text, read: (cimClass) => [...lineage(cimClass)].at(-1)?.name ?? null },
    { name: '__DERIVATION', type: texts, read: derivation },
    { name: '__GENUS', type: count, read: () => 1 },
    { name: '__PROPERTY_COUNT', type: count, read: ({ properties }) => properties.size },
    { name: '__NAMESPACE', type: text, read: () => namespaceText(place.namespace) },
    { name: '__SERVER', type: text, read: () => serverName(place.server) ?? null },
    { name: '__RELPATH', type: text, read: ({ name }) => name },
  ]);
}

/** The system properties of instances; what they say of the class is taken from the creation class. */
export function instanceSystemProperties(schema: Schema, place: QueryPlace): NameMap<SystemProperty<CimInstance>> {
  const ofClass = ({ name, type, read }: SystemProperty<CimClass>): SystemProperty<CimInstance> => ({
    name,
    type,
    read: ({ className }) => {
      const cimClass = schema.findClass(className);
      return cimClass ? read(cimClass) : null;
    },
  });
  return byName<CimInstance>([
    ...Array.from(classSystemProperties(place).values(), ofClass),
    { name: '__CLASS', type: text, read: ({ className }) => className },
    { name: '__GENUS', type: count, read: () => 2 },
    { name: '__NAMESPACE', type: text, read: ({ path: own }) => namespaceText(own?.namespace ?? place.namespace) },
    { name: '__SERVER', type: text, read: ({ path: own }) => serverName(own?.host ?? place.server) ?? null },
    { name: '__PATH', type: path, read: (instance) => instance.path ?? null },
    { name: '__RELPATH', type: path, read: (instance) => relativePath(instance.path) },
  ]);
}

/** The only object of a class without keys is `Class=@`, and `Class` the class. */
function relativePath(full: InstancePath | undefined): InstancePath | null {
  if (!full) return null;
  const { className, keys } = full;
  return new InstancePath({ className, keys, isSingleton: keys.size === 0 });
}

/** Windows parts the names by backslashes: `root\\cimv2`. */
function namespaceText(namespace: string | undefined): string | null {
  return namespace?.replaceAll('/', '\\') ?? null;
}

/** A later property takes the place of an earlier one of the same name. */
function byName<T>(properties: readonly SystemProperty<T>[]): NameMap<SystemProperty<T>> {
  return new NameMap(properties.map((property) => [property.name, property] as const));
}

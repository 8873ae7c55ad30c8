import { type CimClass, lineage } from '../cim/model/cim-class.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { type CimType, plainType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { NameMap } from '../cim/model/name-map.js';
import type { Schema } from '../cim/schema/schema.js';

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
    { name: '__NAMESPACE', type: text, read: () => place.namespace ?? null },
    { name: '__SERVER', type: text, read: () => place.server ?? null },
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
    { name: '__NAMESPACE', type: text, read: (instance) => instance.path?.namespace ?? place.namespace ?? null },
    { name: '__SERVER', type: text, read: (instance) => instance.path?.host ?? place.server ?? null },
    { name: '__PATH', type: path, read: (instance) => instance.path ?? null },
    { name: '__RELPATH', type: path, read: (instance) => relativePath(instance.path) },
  ]);
}

function relativePath(full: InstancePath | undefined): InstancePath | null {
  return full ? new InstancePath({ className: full.className, keys: full.keys }) : null;
}

/** A later property takes the place of an earlier one of the same name. */
function byName<T>(properties: readonly SystemProperty<T>[]): NameMap<SystemProperty<T>> {
  return new NameMap(properties.map((property) => [property.name, property] as const));
}

import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimType } from '../../cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import { parseScalar } from '../../cim/model/parse-scalar.js';
import type { ClassDescription } from '../class-description.js';
import { parseDateTime } from './date-time-text.js';
import { splitName } from './namespace-scope.js';
import { readReference } from './read-reference.js';
import { embeddedClass, groupByName, instanceClass, isNil, readDateTime, readElements } from './read-value.js';
import { attributeValue, descendants, type ResponseElement } from './response-element.js';

/** The declarations at hand. Instances of other classes are read as text. */
export type KnownClasses = NameMap<ClassDescription>;

/** The names of the classes whose declarations are needed to read the properties of an instance of `className`. */
export function classesWithin(element: ResponseElement, className: string): readonly string[] {
  const names = new Set([className]);
  for (const { children } of descendants(element)) {
    for (const child of children) {
      const embedded = embeddedClass(child);
      if (embedded !== undefined) names.add(embedded);
    }
  }
  return [...names];
}

/** Reads the properties of an instance. A value that does not fit its declared type stays text. */
export function readProperties(element: ResponseElement, className: string, classes: KnownClasses): NameMap<CimValue> {
  const declared = classes.get(className)?.properties;
  const values = new NameMap<CimValue>();
  for (const [name, elements] of groupByName(element)) {
    const property = declared?.get(name);
    values.set(property?.name ?? name, property ? readTyped(elements, property.type, classes) : readElements(elements));
  }
  return values;
}

/** The path with its keys in the types that the class declares. */
export function typePath(path: InstancePath, declared: ClassDescription | undefined): InstancePath {
  if (!declared) return path;
  const keys = new NameMap<CimKeyValue>();
  for (const [name, value] of path.keys) {
    const type = declared.properties.get(name)?.type;
    const typed = typeof value === 'string' && type && !type.embedded ? parseScalar(value, type.name) : undefined;
    keys.set(name, typed ?? value);
  }
  return new InstancePath({ host: path.host, namespace: path.namespace, className: path.className, keys });
}

/** The value of elements with one name, as its declared type. What does not fit stays text. */
export function readTyped(elements: readonly ResponseElement[], type: CimType, classes: KnownClasses): CimValue {
  const [first] = elements;
  if (!first || (elements.length === 1 && isNil(first))) return null;
  const { array } = type;
  const octets = array && elements.length === 1 ? readOctets(first) : undefined;
  if (octets) return octets;
  const values = elements.map((element) => readScalar(element, type, classes));
  return array || values.length > 1 ? values : (values[0] ?? null);
}

/** An octet string is one element in base64, and says so (DSP0230 §9.2). */
function readOctets(element: ResponseElement): readonly number[] | undefined {
  const [, type] = splitName(attributeValue(element, 'type')?.trim() ?? '');
  return /base64Binary$/i.test(type) ? [...Buffer.from(element.text, 'base64')] : undefined;
}

function readScalar(element: ResponseElement, type: CimType, classes: KnownClasses): CimScalar | null {
  if (isNil(element)) return null;
  const { children, text } = element;
  if (type.embedded) return children.length > 0 ? readEmbedded(element, classes) : text;
  if (type.name === 'reference') return readReference(element) ?? text;
  if (type.name === 'datetime') return readDateTime(element) ?? parseDateTime(text) ?? text;
  return parseScalar(text, type.name) ?? text;
}

function readEmbedded(element: ResponseElement, classes: KnownClasses): CimInstance {
  const className = instanceClass(element);
  return new CimInstance(className, readProperties(element, className, classes));
}

import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimType, CimTypeName } from '../../cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import type { NameMap } from '../../cim/model/name-map.js';
import { parseScalar } from '../../cim/model/parse-scalar.js';
import type { ClassDescription } from '../class-description.js';
import { parseDateTime } from './date-time-text.js';
import { splitName } from './namespace-scope.js';
import { ownText } from './own-text.js';
import { readReference } from './read-reference.js';
import { embeddedClass, instanceClass, isNil, readDateTime, readElements, readMembers } from './read-value.js';
import { attributeValue, type ResponseElement } from './response-element.js';

/** The declarations at hand. Instances of other classes are read as text. */
export type KnownClasses = NameMap<ClassDescription>;

/** The names of the classes whose declarations are needed to read the properties of an instance of `className`. */
export function classesWithin(element: ResponseElement, className: string): readonly string[] {
  const names = [className];
  addEmbedded(element, names);
  return names;
}

function addEmbedded({ children }: ResponseElement, names: string[]): void {
  for (const child of children) {
    const embedded = embeddedClass(child);
    if (embedded !== undefined && !names.includes(embedded)) names.push(embedded);
    addEmbedded(child, names);
  }
}

/** Reads the properties of an instance. A value that does not fit its declared type stays text. */
export function readProperties(element: ResponseElement, className: string, classes: KnownClasses): NameMap<CimValue> {
  const declared = classes.get(className)?.properties;
  return readMembers<CimValue>(element, (name, elements) => {
    const property = declared?.get(name);
    return property === undefined
      ? [name, readElements(elements)]
      : [property.name, readTyped(elements, property.type, classes)];
  });
}

/** The path with its keys in the types that the class declares. */
export function typePath(path: InstancePath, declared: ClassDescription | undefined): InstancePath {
  if (!declared) return path;
  const values: CimKeyValue[] = [];
  let isTyped = false;
  for (const [name, value] of path.keys) {
    const type = declared.properties.get(name)?.type;
    const typed = typeof value === 'string' && type && !type.embedded ? parseKey(value, type.name) : undefined;
    values.push(typed ?? value);
    isTyped ||= typed !== undefined && typed !== value;
  }
  if (!isTyped) return path;
  const { host, namespace, className, keys } = path;
  return new InstancePath({ host, namespace, className, keys: keys.withValues(values) });
}

/** Selectors hold a datetime in any of its forms; what does not fit stays text. */
function parseKey(text: string, type: CimTypeName): CimKeyValue | undefined {
  return type === 'datetime' ? parseDateTime(text) : parseScalar(text, type);
}

/** The value of elements with one name, as its declared type. What does not fit stays text. */
export function readTyped(elements: readonly ResponseElement[], type: CimType, classes: KnownClasses): CimValue {
  const [first] = elements;
  if (!first || (elements.length === 1 && isNil(first))) return null;
  const { array } = type;
  const octets = array && elements.length === 1 ? readOctets(first) : undefined;
  if (octets) return octets;
  if (!array && elements.length === 1) return readScalar(first, type, classes);
  return elements.map((element) => readScalar(element, type, classes));
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
  if (type.name === 'string') return ownText(text);
  return parseScalar(text, type.name) ?? ownText(text);
}

function readEmbedded(element: ResponseElement, classes: KnownClasses): CimInstance {
  const className = instanceClass(element);
  return new CimInstance(className, readProperties(element, className, classes));
}

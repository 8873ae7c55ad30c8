import { findTypeProblem } from '../cim/model/check-value.js';
import { CimDateTime } from '../cim/model/cim-date-time.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimType, plainType } from '../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { NameMap } from '../cim/model/name-map.js';
import type { QualifierFlavor } from '../cim/schema/class-declaration.js';
import type {
  JsonCimValue,
  JsonClass,
  JsonDeclaredType,
  JsonElement,
  JsonElements,
  JsonFlavor,
  JsonInstance,
  JsonMethodDeclaration,
  JsonPath,
  JsonPropertyDeclaration,
  JsonQualifiers,
  JsonScalar,
} from './cim-json-types.js';
import { type ClassData, classDataOf, type ElementData, type MethodData, type PropertyData } from './class-data.js';
import { jsonTypeOf, naturalType } from './json-type-of.js';

/** The properties that a class declares, as far as their types go: schemas and clients have them. */
export interface TypedClass {
  readonly properties: NameMap<{ readonly type: CimType }>;
}

/** The class of that name; undefined where nothing is known of it, and values tell their types themselves. */
export type FindTypedClass = (className: string) => TypedClass | undefined;

const nothingKnown: FindTypedClass = () => undefined;
const texts = plainType('string', { kind: 'Bag', size: undefined });

/** An instance, its properties typed by its class. */
export function encodeInstance(instance: CimInstance, findClass: FindTypedClass = nothingKnown): JsonInstance {
  const { className, properties, path } = instance;
  const namespace = path?.namespace;
  const declared = findClass(className)?.properties;
  return {
    kind: 'instance',
    ...(namespace !== undefined && { namespace }),
    class: className,
    ...(path && { path: encodePath(path, findClass) }),
    properties: encodeElements(properties, (name) => declared?.get(name)?.type, findClass),
  };
}

/** A path, its keys typed by its class. */
export function encodePath(path: InstancePath, findClass: FindTypedClass = nothingKnown): JsonPath {
  const { host, namespace, className, keys } = path;
  const declared = findClass(className)?.properties;
  return {
    kind: 'path',
    ...(host !== undefined && { host }),
    ...(namespace !== undefined && { namespace }),
    class: className,
    keys: encodeElements(keys, (name) => declared?.get(name)?.type, findClass),
  };
}

/** Values by name, each with its type. */
export function encodeElements(
  values: Iterable<readonly [string, CimValue]>,
  typeOf: (name: string) => CimType | undefined,
  findClass: FindTypedClass = nothingKnown,
): JsonElements {
  const elements: Record<string, JsonElement> = {};
  for (const [name, value] of values) {
    const element = encodeElement(value, typeOf(name), findClass);
    // Assigned to, it would not become a member.
    if (name === '__proto__') Object.defineProperty(elements, name, { value: element, enumerable: true });
    else elements[name] = element;
  }
  return elements;
}

/**
 * A value with its type. One that does not fit the declared type has its own: a server may send what it does not declare. Where
 * elements of an array have no type in common, all are texts.
 */
export function encodeElement(
  value: CimValue,
  declared?: CimType,
  findClass: FindTypedClass = nothingKnown,
): JsonElement {
  const type = declared && findTypeProblem(value, declared) === undefined ? declared : naturalType(value);
  if (type) return { ...jsonTypeOf(type), value: encodeValue(value, findClass) };
  const elements = isCimArray(value) ? value : [value];
  return { ...jsonTypeOf(texts), value: elements.map((element) => (element === null ? null : textOf(element))) };
}

function encodeValue(value: CimValue, findClass: FindTypedClass): JsonCimValue {
  if (isCimArray(value)) return value.map((one) => (one === null ? null : encodeScalar(one, findClass)));
  return value === null ? null : encodeScalar(value, findClass);
}

function encodeScalar(value: CimScalar, findClass: FindTypedClass): JsonScalar {
  if (typeof value !== 'object') return encodeSimple(value);
  if (value instanceof CimDateTime) return value.toString();
  if (value instanceof InstancePath) return encodePath(value, findClass);
  return value instanceof CimInstance ? encodeInstance(value, findClass) : encodeClass(classDataOf(value));
}

/** A value that is no object. */
export function encodeSimple(value: Exclude<CimScalar, object>): boolean | number | string {
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'number' ? encodeNumber(value) : value;
}

/** Texts for what JSON has no number for, and for the zero whose sign `JSON.stringify` drops. */
export function encodeNumber(value: number): number | string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'INF' : '-INF';
}

function textOf(value: CimScalar): string {
  if (value instanceof CimInstance) return `instance of ${value.className}`;
  return typeof value === 'object' && 'qualifiers' in value ? `class ${value.name}` : String(value);
}

/** A class with what it inherits. @param namespace where it is declared */
export function encodeClass(data: ClassData, namespace?: string): JsonClass {
  const { name, superclass, derivation, properties, methods } = data;
  return {
    kind: 'class',
    ...(namespace !== undefined && { namespace }),
    name,
    ...(superclass !== undefined && { superclass }),
    ...(derivation.length > 0 && { derivation }),
    ...encodeQualifiers(data),
    ...encodeMembers('properties', properties, encodeProperty),
    ...encodeMembers('methods', methods, encodeMethod),
  };
}

function encodeProperty(property: PropertyData): JsonPropertyDeclaration {
  const { type, defaultValue } = property;
  return {
    ...declaredType(type),
    ...(defaultValue !== undefined && { value: encodeValue(defaultValue, nothingKnown) }),
    ...encodeFeature(property),
  };
}

function encodeMethod(method: MethodData): JsonMethodDeclaration {
  return {
    ...declaredType(method.returnType),
    ...encodeFeature(method),
    ...encodeMembers('parameters', method.parameters, (parameter) => ({
      ...declaredType(parameter.type),
      ...encodeQualifiers(parameter),
    })),
  };
}

function encodeFeature(feature: PropertyData | MethodData) {
  const { classOrigin, propagated } = feature;
  return {
    ...encodeQualifiers(feature),
    ...(classOrigin !== undefined && { origin: classOrigin }),
    ...(propagated && { propagated }),
  };
}

function declaredType(type: CimType): JsonDeclaredType {
  const size = type.array?.size;
  return { ...jsonTypeOf(type), ...(size !== undefined && { arraySize: size }) };
}

function encodeQualifiers({ qualifiers, qualifierTypes }: ElementData): { readonly qualifiers?: JsonQualifiers } {
  if (qualifiers.size === 0) return {};
  const entries = [...qualifiers].map(([name, value]) => {
    const declared = qualifierTypes?.get(name);
    const flavors = declared ? encodeFlavor(declared.flavor) : [];
    return [name, { ...encodeElement(value, declared?.type), ...(flavors.length > 0 && { flavors }) }] as const;
  });
  return { qualifiers: Object.fromEntries(entries) };
}

function encodeFlavor({ overridable, toSubclass, translatable }: QualifierFlavor): readonly JsonFlavor[] {
  return [
    ...(overridable ? [] : (['DisableOverride'] as const)),
    ...(toSubclass ? [] : (['Restricted'] as const)),
    ...(translatable ? (['Translatable'] as const) : []),
  ];
}

function encodeMembers<M extends string, A, B>(
  member: M,
  values: NameMap<A>,
  encode: (value: A) => B,
): { readonly [K in M]?: Readonly<Record<string, B>> } {
  if (values.size === 0) return {};
  const entries = [...values].map(([name, value]) => [name, encode(value)] as const);
  return { [member]: Object.fromEntries(entries) } as { [K in M]?: Record<string, B> };
}

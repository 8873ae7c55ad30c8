import type { CimClass, CimElement, CimProperty } from '../model/cim-class.js';
import type { CimType } from '../model/cim-type.js';
import { isIntegerType } from '../model/cim-type.js';
import { type NameMap, sameName } from '../model/name-map.js';
import { SchemaError, type SchemaErrorPlace } from './schema-error.js';

/** What is asked of classes beyond what inheritance asks. */
export interface ClassRules {
  /** Windows' rule: references are for all classes, and an association may have any number of them. */
  readonly referencesAnywhere?: boolean;
}

/**
 * Checks a class for what DSP0004 asks of the whole of it, member by member of those it declares itself.
 *
 * @throws SchemaError naming the element that is wrong
 */
export function checkClass(cimClass: CimClass, rules: ClassRules): void {
  if (!rules.referencesAnywhere) checkAssociation(cimClass);
  for (const property of cimClass.properties.values()) {
    if (!property.propagated) checkProperty(cimClass, property);
  }
  for (const method of cimClass.methods.values()) {
    if (method.propagated) continue;
    const place = { className: cimClass.name, method: method.name };
    checkOverride(method, cimClass.superclass?.methods, place);
    checkElement(method, method.returnType, place);
    for (const parameter of method.parameters.values()) {
      checkElement(parameter, parameter.type, { ...place, parameter: parameter.name });
    }
  }
}

/** DSP0004 §5.1.2.9: an association has two or more references, and only associations have any. */
function checkAssociation({ name: className, isAssociation, properties }: CimClass): void {
  const references = [...properties.values()].filter((property) => property.type.name === 'reference');
  if (isAssociation && references.length < 2) {
    throw new SchemaError({ className }, `association ${className} has fewer than two references`);
  }
  const [first] = references;
  if (!isAssociation && first) {
    const place = { className, property: first.name };
    throw new SchemaError(place, `${className} has reference ${first.name} but is no association`);
  }
}

function checkProperty({ name: className, superclass }: CimClass, property: CimProperty): void {
  const { name, type } = property;
  const place = { className, property: name };
  if (type.name === 'reference' && type.array) {
    throw new SchemaError(place, `property ${name} is an array of references, which only parameters can be`);
  }
  const [key] = superclass?.keys ?? [];
  if (key && property.isKey && superclass?.properties.get(name)?.isKey !== true) {
    const message = `key ${name} cannot be added: ${superclass?.name} has its keys already (${key.name})`;
    throw new SchemaError({ ...place, qualifier: 'Key' }, message);
  }
  checkOverride(property, superclass?.properties, place);
  checkElement(property, type, place);
}

/** DSP0004 §5.6.3.34: the element of a superclass that Override names has the same name. */
function checkOverride(element: CimElement, inherited: NameMap<CimElement> | undefined, place: SchemaErrorPlace): void {
  const { value, propagated } = element.qualifiers.get('Override') ?? {};
  if (propagated !== false) return;
  const at = { ...place, qualifier: 'Override' };
  // Older schemas put the class in front.
  const target = typeof value === 'string' ? value.slice(value.lastIndexOf('.') + 1) : element.name;
  if (!inherited?.has(target)) throw new SchemaError(at, `${element.name} overrides ${target}, which is not inherited`);
  if (!sameName(target, element.name)) {
    throw new SchemaError(at, `${element.name} overrides ${target}, which has another name`);
  }
}

function checkElement(element: CimElement, type: CimType, place: SchemaErrorPlace): void {
  checkOctetString(element, type, place);
  checkValueMap('ValueMap', element, type, place);
  checkValueMap('BitMap', element, type, place);
}

/**
 * DSP0004 §5.6.3.33: octets stand in an array of uint8, or written out, each text of them in an array of string. What was
 * replaced stays as it was: CIM_SharedSecret.Secret is deprecated for that mistake.
 */
function checkOctetString(element: CimElement, type: CimType, place: SchemaErrorPlace): void {
  const qualifier = element.qualifiers.get('OctetString');
  if (qualifier?.value !== true || qualifier.propagated || element.qualifiers.has('Deprecated')) return;
  if (type.array && (type.name === 'uint8' || type.name === 'string')) return;
  const message = `OctetString is for arrays of uint8 or string, and ${element.name} is none`;
  throw new SchemaError({ ...place, qualifier: 'OctetString' }, message);
}

/**
 * DSP0004 §5.6.3.57 and §5.6.3.4: each value, and each bit, has one meaning. `..` stands for what is between its neighbours, and may
 * do so again.
 */
function checkValueMap(name: 'ValueMap' | 'BitMap', element: CimElement, type: CimType, place: SchemaErrorPlace): void {
  const qualifier = element.qualifiers.get(name);
  if (!qualifier || qualifier.propagated || !Array.isArray(qualifier.value)) return;
  const seen = new Set<string>();
  for (const entry of qualifier.value) {
    if (typeof entry !== 'string' || entry === '..') continue;
    const meant = isIntegerType(type.name) ? sameInteger(entry) : entry;
    if (seen.has(meant)) {
      throw new SchemaError({ ...place, qualifier: name }, `${name} of ${element.name} has '${entry}' twice`);
    }
    seen.add(meant);
  }
}

/** `01`, `0x1` and `1` are one integer. */
function sameInteger(text: string): string {
  return /^[+-]?\d{1,20}$|^0x[\da-f]{1,16}$/i.test(text) ? BigInt(text.replace('+', '')).toString() : text;
}

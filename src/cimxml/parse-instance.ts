import type { CimClass, CimProperty } from '../cim/model/cim-class.js';
import { CimError } from '../cim/model/cim-error.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimEmbedding, type CimType, elementType } from '../cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../cim/model/cim-value.js';
import { NameMap } from '../cim/model/name-map.js';
import { parseScalar } from '../cim/model/parse-scalar.js';
import { shorten } from '../cim/model/shorten.js';
import type { Schema } from '../cim/schema/schema.js';
import { readXmlText } from '../xml/read-xml.js';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';
import { XmlError } from '../xml/xml-error.js';
import { parsePathElement } from './parse-path.js';

/** Elements that may stand around an INSTANCE in the texts that tools make. */
const WRAPPERS = new Set([
  'CIM',
  'DECLARATION',
  'DECLGROUP',
  'VALUE.OBJECT',
  'VALUE.NAMEDINSTANCE',
  'VALUE.INSTANCEWITHPATH',
  'VALUE.OBJECTWITHPATH',
]);

/** The INSTANCE element that an element is or wraps (DSP0201 §5.2.4); undefined when it is no CIM-XML. */
export function findInstanceElement(element: XmlElement): XmlElement | undefined {
  if (element.localName === 'INSTANCE' && attributeOf(element, 'CLASSNAME') !== undefined) return element;
  for (const child of element.children) {
    if (child.localName === 'INSTANCE' && attributeOf(child, 'CLASSNAME') !== undefined) return child;
    const found = WRAPPERS.has(child.localName) ? findInstanceElement(child) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** An embedded instance is escaped text; each level is parsed anew, so deep nesting would cost the square of its size. */
const MAX_LEVELS = 4;

/**
 * Reads a CIM-XML INSTANCE (DSP0201 §5.2.4.4). Values take the types that the class declares, whatever TYPE says.
 *
 * @throws CimError InvalidParameter: unknown class or property, a value that does not fit
 */
export function parseInstanceElement(element: XmlElement, schema: Schema, level = 1): CimInstance {
  const className = attributeOf(element, 'CLASSNAME') ?? '';
  const cimClass = schema.findClass(className);
  if (!cimClass) throw invalid(`class ${shorten(className)} does not exist`);
  const properties = new NameMap<CimValue>();
  for (const child of element.children) {
    if (!child.localName.startsWith('PROPERTY')) continue;
    const property = findProperty(cimClass, attributeOf(child, 'NAME') ?? '');
    if (properties.has(property.name)) throw invalid(`property ${property.name} is given twice`);
    properties.set(property.name, readProperty(child, property, schema, level));
  }
  return new CimInstance(cimClass.name, properties);
}

function findProperty(cimClass: CimClass, name: string): CimProperty {
  const property = cimClass.properties.get(name);
  if (!property) throw invalid(`class ${cimClass.name} has no property ${shorten(name)}`);
  return property;
}

function readProperty(element: XmlElement, property: CimProperty, schema: Schema, level: number): CimValue {
  const kind = property.type.array ? 'VALUE.ARRAY' : property.type.name === 'reference' ? 'VALUE.REFERENCE' : 'VALUE';
  const [value, ...more] = element.children.filter(({ localName }) => localName.startsWith('VALUE'));
  if (!value) return null;
  if (more.length > 0) throw invalid(`property ${property.name} has ${more.length + 1} values`);
  if (value.localName !== kind) throw invalid(`property ${property.name} wants ${kind}, not ${value.localName}`);
  if (!property.type.array) return readValue(value, property.type, property.name, schema, level);
  const type = elementType(property.type);
  return value.children.map((item) =>
    item.localName === 'VALUE.NULL' ? null : readValue(item, type, property.name, schema, level),
  );
}

function readValue(element: XmlElement, type: CimType, name: string, schema: Schema, level: number): CimScalar {
  if (type.name === 'reference') return parsePathElement(element, schema);
  if (type.embedded) return readEmbedded(element.text, type.embedded, name, schema, level + 1);
  const value = parseScalar(element.text, type.name);
  if (value === undefined) throw invalid(`'${shorten(element.text)}' is not a value of type ${type.name} for ${name}`);
  return value;
}

function readEmbedded(text: string, embedding: CimEmbedding, name: string, schema: Schema, level: number): CimInstance {
  if (level > MAX_LEVELS) throw invalid(`instances are embedded more than ${MAX_LEVELS} levels deep`);
  const element = findInstanceElement(readText(text, name));
  if (!element) throw invalid(`the value of ${name} is not an INSTANCE`);
  const instance = parseInstanceElement(element, schema, level);
  if (embedding.kind === 'instance' && !schema.isA(instance.className, embedding.className)) {
    throw invalid(`${name} wants an instance of ${embedding.className}, not of ${instance.className}`);
  }
  return instance;
}

function readText(text: string, name: string): XmlElement {
  try {
    return readXmlText(text);
  } catch (error) {
    if (error instanceof XmlError) throw invalid(`the value of ${name} is not XML`);
    throw error;
  }
}

function invalid(problem: string): CimError {
  return new CimError('InvalidParameter', `CIM-XML INSTANCE: ${problem}.`);
}

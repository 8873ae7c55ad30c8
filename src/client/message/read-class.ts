import type { CimArrayKind, CimEmbedding, CimType, CimTypeName } from '../../cim/model/cim-type.js';
import { integerRanges, plainType } from '../../cim/model/cim-type.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { QualifierFlavor } from '../../cim/schema/class-declaration.js';
import type {
  ClassDescription,
  ElementDescription,
  MethodDescription,
  ParameterDescription,
  PropertyDescription,
  QualifierTypeDescription,
} from '../class-description.js';
import { readCimXmlValue } from './read-cim-xml-value.js';
import { attributeValue, type ResponseElement } from './response-element.js';

const typeNames: ReadonlySet<string> = new Set<CimTypeName>([
  ...(Object.keys(integerRanges) as (keyof typeof integerRanges)[]),
  ...(['boolean', 'real32', 'real64', 'char16', 'string', 'datetime', 'reference'] as const),
]);

/** Reads a CLASS element (DSP0201 §5.2.5). */
export function readClass(element: ResponseElement): ClassDescription {
  const { qualifiers, qualifierTypes } = readQualifiers(element);
  const properties = new NameMap<PropertyDescription>();
  const methods = new NameMap<MethodDescription>();
  for (const child of element.children) {
    const name = attributeValue(child, 'NAME') ?? '';
    if (child.name === 'METHOD') methods.set(name, readMethod(child, name));
    else if (child.name.startsWith('PROPERTY')) properties.set(name, readProperty(child, name));
  }
  const superclass = attributeValue(element, 'SUPERCLASS') || undefined;
  return {
    name: attributeValue(element, 'NAME') ?? '',
    superclass,
    derivation: (attributeValue(element, 'DERIVATION') ?? superclass ?? '').split(',').filter((name) => name !== ''),
    qualifiers,
    qualifierTypes,
    properties,
    methods,
    keys: [...properties.values()].filter(({ isKey }) => isKey).map(({ name }) => name),
    isAbstract: qualifiers.get('Abstract') === true,
    isAssociation: qualifiers.get('Association') === true,
    isIndication: qualifiers.get('Indication') === true,
    version: textOf(qualifiers.get('Version')),
  };
}

function readProperty(element: ResponseElement, name: string): PropertyDescription {
  const { qualifiers, qualifierTypes } = readQualifiers(element);
  const type = readType(element, qualifiers);
  return {
    name,
    qualifiers,
    qualifierTypes,
    ...readOrigin(element),
    type,
    defaultValue: readCimXmlValue(element, type),
    isKey: qualifiers.get('Key') === true,
    isRequired: qualifiers.get('Required') === true,
    isWritable: qualifiers.get('Write') === true,
  };
}

function readMethod(element: ResponseElement, name: string): MethodDescription {
  const { qualifiers, qualifierTypes } = readQualifiers(element);
  const parameters = element.children
    .filter((child) => child.name.startsWith('PARAMETER'))
    .map((child) => readParameter(child))
    .map((parameter) => [parameter.name, parameter] as const);
  return {
    name,
    qualifiers,
    qualifierTypes,
    ...readOrigin(element),
    returnType: readType(element, qualifiers),
    parameters: new NameMap(parameters),
    isStatic: qualifiers.get('Static') === true,
  };
}

/** DSP0004 §5.6.3.24: a parameter goes in unless its qualifier says otherwise. */
function readParameter(element: ResponseElement): ParameterDescription {
  const { qualifiers, qualifierTypes } = readQualifiers(element);
  return {
    name: attributeValue(element, 'NAME') ?? '',
    qualifiers,
    qualifierTypes,
    type: readType(element, qualifiers),
    isIn: qualifiers.get('In') !== false,
    isOut: qualifiers.get('Out') === true,
    isRequired: qualifiers.get('Required') === true,
  };
}

function readOrigin(element: ResponseElement) {
  const classOrigin = attributeValue(element, 'CLASSORIGIN') || undefined;
  return { classOrigin, propagated: attributeValue(element, 'PROPAGATED') === 'true' };
}

function readQualifiers(element: ResponseElement): Pick<ElementDescription, 'qualifiers' | 'qualifierTypes'> {
  const qualifiers = new NameMap<CimValue>();
  const qualifierTypes = new NameMap<QualifierTypeDescription>();
  for (const child of element.children) {
    if (child.name !== 'QUALIFIER') continue;
    const name = attributeValue(child, 'NAME') ?? '';
    const type = plainType(typeName(child));
    const value = readCimXmlValue(child, type) ?? null;
    qualifiers.set(name, value);
    qualifierTypes.set(name, qualifierType(child, { ...type, array: Array.isArray(value) ? bag : undefined }));
  }
  return { qualifiers, qualifierTypes };
}

const bag = { kind: 'Bag', size: undefined } as const;
/** A schema has thousands of qualifiers and hardly a dozen of these. */
const qualifierTypeByText = new Map<string, QualifierTypeDescription>();

/** DSP0201 §5.2.5: flavors are told where they are not the default. */
function qualifierType(element: ResponseElement, type: CimType): QualifierTypeDescription {
  const flavor: QualifierFlavor = {
    overridable: attributeValue(element, 'OVERRIDABLE') !== 'false',
    toSubclass: attributeValue(element, 'TOSUBCLASS') !== 'false',
    translatable: attributeValue(element, 'TRANSLATABLE') === 'true',
  };
  const text = `${type.name} ${type.array !== undefined} ${Object.values(flavor).join(' ')}`;
  const known = qualifierTypeByText.get(text) ?? { type, flavor };
  qualifierTypeByText.set(text, known);
  return known;
}

/** PROPERTY.ARRAY, PARAMETER.ARRAY and PARAMETER.REFARRAY hold arrays; `*.REFERENCE` and REFARRAY references. */
function readType(element: ResponseElement, qualifiers: NameMap<CimValue>): CimType {
  const isArray = element.name.endsWith('ARRAY');
  const referenceClass = /\.REF(?:ERENCE|ARRAY)$/.test(element.name)
    ? (attributeValue(element, 'REFERENCECLASS') ?? '')
    : undefined;
  const size = Number(attributeValue(element, 'ARRAYSIZE') || Number.NaN);
  return {
    name: referenceClass === undefined ? typeName(element) : 'reference',
    array: isArray ? { kind: arrayKind(qualifiers), size: Number.isInteger(size) ? size : undefined } : undefined,
    referenceClass,
    embedded: readEmbedding(element, qualifiers),
  };
}

function arrayKind(qualifiers: NameMap<CimValue>): CimArrayKind {
  const kind = qualifiers.get('ArrayType');
  return kind === 'Ordered' || kind === 'Indexed' ? kind : 'Bag';
}

function typeName(element: ResponseElement): CimTypeName {
  const name = attributeValue(element, 'TYPE') ?? '';
  // Whatever the type of a later standard may be, its values are text.
  return isTypeName(name) ? name : 'string';
}

function isTypeName(name: string): name is CimTypeName {
  return typeNames.has(name);
}

/** DSP0201 has an attribute, which differs in letter case between its versions; MOF has qualifiers. */
function readEmbedding(element: ResponseElement, qualifiers: NameMap<CimValue>): CimEmbedding | undefined {
  const className = textOf(qualifiers.get('EmbeddedInstance'));
  if (className !== undefined) return { kind: 'instance', className };
  const attribute = attributeValue(element, 'EmbeddedObject') ?? attributeValue(element, 'EMBEDDEDOBJECT');
  return attribute !== undefined || qualifiers.get('EmbeddedObject') === true ? { kind: 'object' } : undefined;
}

function textOf(value: CimValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

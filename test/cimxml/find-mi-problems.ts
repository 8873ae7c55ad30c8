import type { CimXmlElement } from './read-cim-xml.js';

/** The attributes that the class reader of MI, the library below the CIM cmdlets, knows: any other fails the class. */
const known: Readonly<Record<string, readonly string[]>> = {
  CLASS: ['NAME', 'SUPERCLASS', 'DERIVATION'],
  QUALIFIER: ['NAME', 'TYPE', 'PROPAGATED', 'OVERRIDABLE', 'TOSUBCLASS', 'TOINSTANCE', 'TRANSLATABLE'],
  PROPERTY: ['NAME', 'TYPE', 'CLASSORIGIN', 'PROPAGATED', 'EmbeddedObject'],
  'PROPERTY.ARRAY': ['NAME', 'TYPE', 'CLASSORIGIN', 'PROPAGATED', 'EmbeddedObject', 'ARRAYSIZE'],
  'PROPERTY.REFERENCE': ['NAME', 'REFERENCECLASS', 'CLASSORIGIN', 'PROPAGATED'],
  METHOD: ['NAME', 'TYPE', 'CLASSORIGIN', 'PROPAGATED'],
  PARAMETER: ['NAME', 'TYPE'],
  'PARAMETER.ARRAY': ['NAME', 'TYPE', 'ARRAYSIZE'],
  'PARAMETER.REFERENCE': ['NAME', 'REFERENCECLASS', 'ARRAYSIZE'],
  'PARAMETER.REFARRAY': ['NAME', 'REFERENCECLASS', 'ARRAYSIZE'],
};

/**
 * What in a class declaration MI would fail on, or read as something else, beyond the DTD: facts of the class reader of
 * microsoft/omi (`Unix/xmlserializer/xmldeserializer.c`, `Unix/base/class.c`, `Unix/xml/xml.c`).
 */
export function findMiProblems(xml: string, root: CimXmlElement): readonly string[] {
  const problems = findProblems(root);
  const [first] = (root.attributes.get('DERIVATION') ?? '').split(',');
  if (root.attributes.has('DERIVATION') && first !== root.attributes.get('SUPERCLASS')) {
    problems.push(`DERIVATION begins with '${first}', not with the superclass`);
  }
  for (const [reference, code] of xml.matchAll(/&#(\d+);/g)) {
    if (Number(code) > 255) problems.push(`${reference} is above 255`);
  }
  return problems;
}

function findProblems(element: CimXmlElement): string[] {
  const place = `${element.name} ${element.attributes.get('NAME') ?? ''}`;
  const problems: string[] = [];
  for (const attribute of element.attributes.keys()) {
    if (known[element.name]?.includes(attribute) === false) problems.push(`${place} has ${attribute}`);
  }
  if (element.name === 'METHOD' && !element.attributes.has('TYPE')) problems.push(`${place} has no TYPE`);
  if (element.name === 'QUALIFIER') problems.push(...findQualifierProblems(element).map((text) => `${place} ${text}`));
  return [...problems, ...element.children.flatMap((child) => findProblems(child))];
}

function findQualifierProblems({ attributes, children }: CimXmlElement): string[] {
  const problems: string[] = [];
  const [value] = children;
  if ([...attributes.keys()][0] !== 'NAME') problems.push('does not begin with NAME');
  if (!value) problems.push('has no value');
  const name = attributes.get('NAME')?.toLowerCase();
  if (name === 'embeddedobject' && value?.text !== 'true') problems.push('makes an embedded object of any value');
  if (name === 'embeddedinstance' && value?.text === '') problems.push('names no class');
  const isEmpty = (element: CimXmlElement) => element.name === 'VALUE' && element.text === '';
  if (attributes.get('TYPE') !== 'string' && (value?.children.some(isEmpty) || (value && isEmpty(value)))) {
    problems.push('has an empty value');
  }
  return problems;
}

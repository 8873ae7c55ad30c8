import type { CimXmlElement } from './read-cim-xml.js';

/** `#REQUIRED` or `#IMPLIED`, and the values it may have; any when there are none. */
interface AttributeRule {
  readonly required?: true;
  readonly values?: readonly string[];
}

interface ElementRule {
  /** Matched against the names of the children, each with a blank behind it. */
  readonly content: RegExp;
  readonly attributes?: Readonly<Record<string, AttributeRule>>;
  /** `(#PCDATA)`: the element may hold text. */
  readonly text?: true;
}

const anyText: AttributeRule = {};
const required: AttributeRule = { required: true };
const flag: AttributeRule = { values: ['true', 'false'] };
const types = [
  ...['boolean', 'string', 'char16', 'datetime', 'real32', 'real64'],
  ...['uint8', 'sint8', 'uint16', 'sint16', 'uint32', 'sint32', 'uint64', 'sint64'],
];
const type: AttributeRule = { required: true, values: types };
const name = { NAME: required };
const origin = { CLASSORIGIN: anyText, PROPAGATED: flag };
const embeddedObject: AttributeRule = { values: ['object', 'instance'] };
const language = { 'xml:lang': anyText };
const empty = /^$/;
const qualifiers = /^(QUALIFIER )*$/;

/** CLASS and all that can stand in it, as DSP0203 2.4.0 has it. */
const rules: Readonly<Record<string, ElementRule>> = {
  CLASS: {
    content: /^(QUALIFIER )*((PROPERTY|PROPERTY\.ARRAY|PROPERTY\.REFERENCE) )*(METHOD )*$/,
    // DERIVATION is not in the DTD: Windows adds it when the client asks for IncludeInheritanceHierarchy.
    attributes: { ...name, SUPERCLASS: anyText, DERIVATION: anyText },
  },
  QUALIFIER: {
    content: /^((VALUE|VALUE\.ARRAY) )?$/,
    attributes: {
      ...{ ...name, TYPE: type, PROPAGATED: flag, ...language },
      ...{ OVERRIDABLE: flag, TOSUBCLASS: flag, TOINSTANCE: flag, TRANSLATABLE: flag },
    },
  },
  PROPERTY: {
    content: /^(QUALIFIER )*(VALUE )?$/,
    attributes: { ...name, TYPE: type, ...origin, EmbeddedObject: embeddedObject, ...language },
  },
  'PROPERTY.ARRAY': {
    content: /^(QUALIFIER )*(VALUE\.ARRAY )?$/,
    attributes: { ...name, TYPE: type, ARRAYSIZE: anyText, ...origin, EmbeddedObject: embeddedObject, ...language },
  },
  'PROPERTY.REFERENCE': {
    content: /^(QUALIFIER )*(VALUE\.REFERENCE )?$/,
    attributes: { ...name, REFERENCECLASS: anyText, ...origin },
  },
  METHOD: {
    content: /^(QUALIFIER )*((PARAMETER|PARAMETER\.REFERENCE|PARAMETER\.ARRAY|PARAMETER\.REFARRAY) )*$/,
    attributes: { ...name, TYPE: { values: types }, ...origin },
  },
  PARAMETER: { content: qualifiers, attributes: { ...name, TYPE: type } },
  'PARAMETER.REFERENCE': { content: qualifiers, attributes: { ...name, REFERENCECLASS: anyText } },
  'PARAMETER.ARRAY': { content: qualifiers, attributes: { ...name, TYPE: type, ARRAYSIZE: anyText } },
  'PARAMETER.REFARRAY': { content: qualifiers, attributes: { ...name, REFERENCECLASS: anyText, ARRAYSIZE: anyText } },
  VALUE: { content: empty, text: true },
  'VALUE.ARRAY': { content: /^((VALUE|VALUE\.NULL) )*$/ },
  'VALUE.NULL': { content: empty },
  'VALUE.REFERENCE': {
    content: /^(CLASSPATH|LOCALCLASSPATH|CLASSNAME|INSTANCEPATH|LOCALINSTANCEPATH|INSTANCENAME) $/,
  },
  INSTANCEPATH: { content: /^NAMESPACEPATH INSTANCENAME $/ },
  LOCALINSTANCEPATH: { content: /^LOCALNAMESPACEPATH INSTANCENAME $/ },
  INSTANCENAME: {
    content: /^((KEYBINDING )*|(KEYVALUE )?|(VALUE\.REFERENCE )?)$/,
    attributes: { CLASSNAME: required },
  },
  NAMESPACEPATH: { content: /^HOST LOCALNAMESPACEPATH $/ },
  LOCALNAMESPACEPATH: { content: /^(NAMESPACE )+$/ },
  HOST: { content: empty, text: true },
  NAMESPACE: { content: empty, attributes: name },
  KEYBINDING: { content: /^(KEYVALUE|VALUE\.REFERENCE) $/, attributes: name },
  KEYVALUE: {
    content: empty,
    attributes: { VALUETYPE: { values: ['string', 'boolean', 'numeric'] }, TYPE: type },
    text: true,
  },
};

/** Everything in which an element and those below it break the DTD of CIM-XML, each with its place. */
export function findDtdProblems(element: CimXmlElement, place = element.name): readonly string[] {
  const rule = rules[element.name];
  if (!rule) return [`${place}: there is no element ${element.name}`];
  const problems = findAttributeProblems(element, rule.attributes ?? {});
  const content = element.children.map((child) => `${child.name} `).join('');
  if (!rule.content.test(content)) problems.push(`content '${content.trim()}'`);
  if (!rule.text && element.text.trim() !== '') problems.push(`text '${element.text}'`);
  return [
    ...problems.map((problem) => `${place}: ${problem}`),
    ...element.children.flatMap((child) =>
      findDtdProblems(child, `${place}/${child.name}[${child.attributes.get('NAME') ?? ''}]`),
    ),
  ];
}

function findAttributeProblems(element: CimXmlElement, allowed: Readonly<Record<string, AttributeRule>>): string[] {
  const problems: string[] = [];
  for (const [attribute, value] of element.attributes) {
    const rule = allowed[attribute];
    if (!rule) problems.push(`there is no attribute ${attribute}`);
    else if (rule.values && !rule.values.includes(value)) problems.push(`${attribute} may not be '${value}'`);
  }
  for (const [attribute, rule] of Object.entries(allowed)) {
    if (rule.required && !element.attributes.has(attribute)) problems.push(`attribute ${attribute} is missing`);
  }
  return problems;
}

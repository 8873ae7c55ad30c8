import type {
  ClassFacts,
  MethodFacts,
  ParameterFacts,
  PlainValue,
  PropertyFacts,
  QualifierFacts,
  TypeFacts,
  ValueFacts,
} from './class-facts.js';
import type { CimXmlElement } from './read-cim-xml.js';

/** What a CLASS element says. */
export function parseClass(element: CimXmlElement): ClassFacts {
  return {
    name: nameOf(element),
    superclass: element.attributes.get('SUPERCLASS'),
    derivation: element.attributes.get('DERIVATION')?.split(','),
    qualifiers: parseQualifiers(element),
    properties: childrenOf(element, 'PROPERTY').map(parseProperty),
    methods: childrenOf(element, 'METHOD').map(parseMethod),
  };
}

/** The children of a kind: PROPERTY, PROPERTY.ARRAY and PROPERTY.REFERENCE are of one. */
export function childrenOf(element: CimXmlElement, kind: string): readonly CimXmlElement[] {
  return element.children.filter(({ name }) => name === kind || name.startsWith(`${kind}.`));
}

function parseQualifiers(element: CimXmlElement): readonly QualifierFacts[] {
  return childrenOf(element, 'QUALIFIER').map((qualifier) => {
    const type = qualifier.attributes.get('TYPE') ?? '';
    return {
      name: nameOf(qualifier),
      type,
      value: parseValue(qualifier, type),
      propagated: flagOf(qualifier, 'PROPAGATED', false),
      overridable: flagOf(qualifier, 'OVERRIDABLE', true),
      toSubclass: flagOf(qualifier, 'TOSUBCLASS', true),
      translatable: flagOf(qualifier, 'TRANSLATABLE', false),
    };
  });
}

function parseProperty(element: CimXmlElement): PropertyFacts {
  const parameter = parseParameter(element);
  return {
    ...parameter,
    origin: element.attributes.get('CLASSORIGIN'),
    propagated: flagOf(element, 'PROPAGATED', false),
    embedded: element.attributes.get('EmbeddedObject'),
    defaultValue: parseValue(element, parameter.type),
  };
}

function parseMethod(element: CimXmlElement): MethodFacts {
  return {
    name: nameOf(element),
    returnType: element.attributes.get('TYPE') ?? '',
    origin: element.attributes.get('CLASSORIGIN'),
    propagated: flagOf(element, 'PROPAGATED', false),
    qualifiers: parseQualifiers(element),
    parameters: childrenOf(element, 'PARAMETER').map(parseParameter),
  };
}

function parseParameter(element: CimXmlElement): ParameterFacts {
  return { name: nameOf(element), ...parseType(element), qualifiers: parseQualifiers(element) };
}

function parseType(element: CimXmlElement): TypeFacts {
  const size = element.attributes.get('ARRAYSIZE');
  return {
    type: /\.REF/.test(element.name) ? 'reference' : (element.attributes.get('TYPE') ?? ''),
    referenceClass: element.attributes.get('REFERENCECLASS'),
    isArray: /ARRAY$/.test(element.name),
    size: size === undefined ? undefined : Number(size),
  };
}

function parseValue(element: CimXmlElement, type: string): ValueFacts {
  const [value] = childrenOf(element, 'VALUE');
  if (value?.name === 'VALUE.REFERENCE') return parsePath(value);
  if (value?.name !== 'VALUE.ARRAY') return value && parseScalar(value.text, type);
  return value.children.map((item) => (item.name === 'VALUE.NULL' ? null : parseScalar(item.text, type)));
}

function parseScalar(text: string, type: string): PlainValue {
  switch (type) {
    case 'boolean':
      return text === 'true';
    case 'string':
    case 'char16':
    case 'datetime':
      return text;
    case 'real32':
    case 'real64':
      return parseReal(text);
    default:
      return type.endsWith('64') ? BigInt(text) : Number(text);
  }
}

/** DSP0201 §5.2.3: a real has a decimal point with digits on both sides here, unless it is no finite number. */
function parseReal(text: string): number {
  if (text === 'INF' || text === '-INF') return text === 'INF' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (text !== 'NaN' && !/^-?\d+\.\d+(e[+-]\d+)?$/.test(text)) throw new Error(`'${text}' is no real`);
  return Number(text);
}

/** The path in the text form of DSP0004 §8.2, without escapes. */
function parsePath(element: CimXmlElement): string {
  const keys = descendants(element, 'KEYBINDING').map((binding) => {
    const [value] = binding.children;
    const text = value?.name === 'KEYVALUE' ? value.text : value && parsePath(value);
    return `${nameOf(binding)}=${value?.attributes.get('VALUETYPE') === 'numeric' ? text : `"${text}"`}`;
  });
  const [host] = descendants(element, 'HOST');
  const namespace = descendants(element, 'NAMESPACE').map(nameOf).join('/');
  const [name] = descendants(element, 'INSTANCENAME');
  const place = `${host ? `//${host.text}/` : ''}${namespace ? `${namespace}:` : ''}`;
  return `${place}${name?.attributes.get('CLASSNAME')}.${keys.join(',')}`;
}

/** Those of a name at any depth, but not within a KEYBINDING. */
function descendants(element: CimXmlElement, name: string): readonly CimXmlElement[] {
  return element.children.flatMap((child) => {
    if (child.name === name) return [child];
    return child.name === 'KEYBINDING' ? [] : descendants(child, name);
  });
}

function nameOf(element: CimXmlElement): string {
  return element.attributes.get('NAME') ?? '';
}

function flagOf(element: CimXmlElement, attribute: string, byDefault: boolean): boolean {
  return (element.attributes.get(attribute) ?? String(byDefault)) === 'true';
}

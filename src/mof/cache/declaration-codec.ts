import { type CimType, type CimTypeName, integerRanges, plainType } from '../../cim/model/cim-type.js';
import type {
  ClassDeclaration,
  MethodDeclaration,
  ParameterDeclaration,
  PropertyDeclaration,
  QualifierDeclaration,
  QualifierFlavor,
  QualifierScope,
  QualifierTypeDeclaration,
} from '../../cim/schema/class-declaration.js';
import { CodecError, expectArray, expectObject, expectString, type Json, optionalString } from './json.js';
import { decodeValue, encodeValue } from './value-codec.js';

const typeNames: ReadonlySet<string> = new Set<CimTypeName>([
  ...(Object.keys(integerRanges) as (keyof typeof integerRanges)[]),
  ...(['boolean', 'real32', 'real64', 'char16', 'string', 'datetime', 'reference'] as const),
]);
const scopeNames: ReadonlySet<string> = new Set<QualifierScope>([
  ...(['class', 'association', 'indication', 'qualifier', 'property'] as const),
  ...(['reference', 'method', 'parameter', 'any'] as const),
]);

/** The JSON form of a class declaration as MOF makes it: arrays are bags, embedding is said by qualifiers. */
export function encodeClass({ name, superclassName, qualifiers, properties, methods }: ClassDeclaration): Json {
  return [
    name,
    superclassName ?? null,
    encodeQualifiers(qualifiers),
    properties.map(encodeWithDefault),
    methods.map((method): Json => {
      const element = { name: method.name, type: method.returnType, qualifiers: method.qualifiers };
      return [...encodeElement(element), method.parameters.map(encodeWithDefault)];
    }),
  ];
}

function encodeWithDefault(element: ParameterDeclaration): Json {
  const { defaultValue } = element;
  return defaultValue === undefined ? encodeElement(element) : [...encodeElement(element), encodeValue(defaultValue)];
}

function encodeElement({ name, type, qualifiers }: ParameterDeclaration): readonly Json[] {
  return [name, encodeType(type), encodeQualifiers(qualifiers)];
}

function encodeQualifiers(qualifiers: readonly QualifierDeclaration[]): Json {
  return qualifiers.map(({ name, value, flavor }): Json => {
    const hasFlavor = Object.keys(flavor).length > 0;
    return hasFlavor ? [name, encodeValue(value), { ...flavor }] : [name, encodeValue(value)];
  });
}

/** `uint8`, `uint8[]`, `uint8[4]`, `reference CIM_System` … */
function encodeType({ name, array, referenceClass }: CimType): string {
  const shape = array ? `[${array.size ?? ''}]` : '';
  return `${name}${shape}${referenceClass === undefined ? '' : ` ${referenceClass}`}`;
}

export function encodeQualifierType(declaration: QualifierTypeDeclaration): Json {
  const { name, type, defaultValue, scopes, flavor } = declaration;
  return [name, encodeType(type), encodeValue(defaultValue), [...scopes].sort(), { ...flavor }];
}

/** Reads declarations back. Types are shared between elements: there are few of them. */
export class DeclarationDecoder {
  readonly #types = new Map<string, CimType>();

  /** @throws CodecError when the JSON is no form of a class declaration */
  decodeClass(json: Json): ClassDeclaration {
    const [name, superclassName, qualifiers, properties, methods] = expectArray(json);
    return {
      name: expectString(name),
      superclassName: optionalString(superclassName),
      qualifiers: this.#decodeQualifiers(qualifiers),
      properties: expectArray(properties).map((property) => this.#decodeProperty(property)),
      methods: expectArray(methods).map((method) => this.#decodeMethod(method)),
    };
  }

  /** @throws CodecError when the JSON is no form of a qualifier type */
  decodeQualifierType(json: Json): QualifierTypeDeclaration {
    const [name, type, defaultValue, scopes, flavor] = expectArray(json);
    const { overridable, toSubclass, translatable } = decodeFlavor(flavor);
    if (overridable === undefined || toSubclass === undefined || translatable === undefined) {
      throw new CodecError('a whole flavor is expected');
    }
    return {
      name: expectString(name),
      type: this.#decodeType(type),
      defaultValue: decodeValue(defaultValue),
      scopes: new Set(expectArray(scopes).map(decodeScope)),
      flavor: { overridable, toSubclass, translatable },
    };
  }

  #decodeProperty(json: Json): PropertyDeclaration {
    const parts = expectArray(json);
    return { ...this.#decodeElement(parts), defaultValue: parts.length > 3 ? decodeValue(parts[3]) : undefined };
  }

  #decodeMethod(json: Json): MethodDeclaration {
    const parts = expectArray(json);
    const { name, type: returnType, qualifiers } = this.#decodeElement(parts);
    const parameters = expectArray(parts[3]).map((parameter) => this.#decodeParameter(expectArray(parameter)));
    return { name, returnType, parameters, qualifiers };
  }

  #decodeParameter(parts: readonly Json[]): ParameterDeclaration {
    const element = this.#decodeElement(parts);
    return parts.length > 3 ? { ...element, defaultValue: decodeValue(parts[3]) } : element;
  }

  #decodeElement([name, type, qualifiers]: readonly Json[]): ParameterDeclaration {
    return { name: expectString(name), type: this.#decodeType(type), qualifiers: this.#decodeQualifiers(qualifiers) };
  }

  #decodeQualifiers(json: Json | undefined): readonly QualifierDeclaration[] {
    return expectArray(json).map((qualifier) => {
      const [name, value, flavor] = expectArray(qualifier);
      return { name: expectString(name), value: decodeValue(value), flavor: decodeFlavor(flavor ?? {}) };
    });
  }

  #decodeType(json: Json | undefined): CimType {
    const text = expectString(json);
    let type = this.#types.get(text);
    if (!type) {
      type = decodeType(text);
      this.#types.set(text, type);
    }
    return type;
  }
}

function decodeType(text: string): CimType {
  const match = /^(\w+)(\[(\d*)\])?(?: (.+))?$/.exec(text);
  const name = match?.[1] ?? '';
  const referenceClass = match?.[4];
  if (!typeNames.has(name) || (name === 'reference') !== (referenceClass !== undefined)) {
    throw new CodecError('a type is expected');
  }
  const size = match?.[3] ? Number(match[3]) : undefined;
  const plain = plainType(name as CimTypeName, match?.[2] ? { kind: 'Bag', size } : undefined);
  return { ...plain, referenceClass };
}

function decodeScope(json: Json): QualifierScope {
  if (typeof json !== 'string' || !scopeNames.has(json)) throw new CodecError('a scope is expected');
  return json as QualifierScope;
}

function decodeFlavor(json: Json | undefined): Partial<QualifierFlavor> {
  const flavor = expectObject(json);
  for (const [name, value] of Object.entries(flavor)) {
    if (!/^(overridable|toSubclass|translatable)$/.test(name) || typeof value !== 'boolean') {
      throw new CodecError('a flavor is expected');
    }
  }
  return flavor as Partial<QualifierFlavor>;
}

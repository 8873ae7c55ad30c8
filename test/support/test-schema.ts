import {
  type CimEmbedding,
  type CimType,
  type CimTypeName,
  integerRanges,
  isIntegerType,
  plainType,
} from '../../src/cim/model/cim-type.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import type {
  ClassDeclaration,
  MethodDeclaration,
  ParameterDeclaration,
  PropertyDeclaration,
  QualifierDeclaration,
  QualifierTypeDeclaration,
} from '../../src/cim/schema/class-declaration.js';
import { Schema } from '../../src/cim/schema/schema.js';
import type { WscimContext } from '../../src/wscim/wscim-context.js';

export const namespace = 'root/test';

/** Every intrinsic type but references, which need a class. */
export const plainTypeNames = [
  ...(Object.keys(integerRanges) as (keyof typeof integerRanges)[]),
  'boolean',
  'real32',
  'real64',
  'char16',
  'string',
  'datetime',
] as const satisfies readonly CimTypeName[];

export const integerTypeNames = plainTypeNames.filter(isIntegerType);

function qualifierType(name: string, type: CimType, defaultValue: CimValue = null): QualifierTypeDeclaration {
  const flavor = { overridable: true, toSubclass: true, translatable: false };
  return { name, type, defaultValue, scopes: new Set(['any']), flavor };
}

const array = { kind: 'Bag', size: undefined } as const;

const qualifierTypes = [
  ...['Key', 'Abstract', 'Association', 'Indication', 'Static', 'Out', 'OctetString', 'EmbeddedObject'].map((name) =>
    qualifierType(name, plainType('boolean'), false),
  ),
  qualifierType('In', plainType('boolean'), true),
  qualifierType('EmbeddedInstance', plainType('string')),
  qualifierType('ValueMap', plainType('string', array)),
  qualifierType('Values', plainType('string', array)),
];

export function qualifiers(values: Readonly<Record<string, CimValue>>): QualifierDeclaration[] {
  return Object.entries(values).map(([name, value]) => ({ name, value, flavor: {} }));
}

export function property(
  name: string,
  type: CimType | CimTypeName,
  values: Readonly<Record<string, CimValue>> = {},
): PropertyDeclaration {
  const full = typeof type === 'string' ? plainType(type) : type;
  return { name, type: full, defaultValue: undefined, qualifiers: qualifiers(values) };
}

export function parameter(
  name: string,
  type: CimType | CimTypeName,
  values: Readonly<Record<string, CimValue>> = {},
): ParameterDeclaration {
  return { name, type: typeof type === 'string' ? plainType(type) : type, qualifiers: qualifiers(values) };
}

export function reference(className: string): CimType {
  return { ...plainType('reference'), referenceClass: className };
}

export function arrayOf(type: CimType | CimTypeName, size?: number): CimType {
  const element = typeof type === 'string' ? plainType(type) : type;
  return { ...element, array: { kind: 'Bag', size } };
}

export function embedded(className: string): CimType {
  const embedding: CimEmbedding = { kind: 'instance', className };
  return { ...plainType('string'), embedded: embedding };
}

interface ClassParts {
  readonly superclass?: string;
  readonly qualifiers?: Readonly<Record<string, CimValue>>;
  readonly properties?: readonly PropertyDeclaration[];
  readonly methods?: readonly MethodDeclaration[];
}

export function classOf(name: string, parts: ClassParts): ClassDeclaration {
  const { superclass, properties = [], methods = [] } = parts;
  return { name, superclassName: superclass, qualifiers: qualifiers(parts.qualifiers ?? {}), properties, methods };
}

const key = { Key: true };

/** A property of every type as a scalar (`a_uint8`) and as an array (`many_uint8`). */
const everyType = classOf('TEST_EveryType', {
  properties: [
    property('Id', 'string', key),
    ...plainTypeNames.map((name) => property(`a_${name}`, name)),
    ...plainTypeNames.map((name) => property(`many_${name}`, arrayOf(name))),
    property('a_setting', 'string', { EmbeddedInstance: 'TEST_Setting' }),
    property('many_setting', arrayOf('string'), { EmbeddedInstance: 'TEST_Setting' }),
    property('an_object', 'string', { EmbeddedObject: true }),
    property('octets', arrayOf('uint8'), { OctetString: true }),
  ],
});

const setting = classOf('TEST_Setting', {
  properties: [
    property('InstanceID', 'string', key),
    property('ElementName', 'string'),
    property('Count', 'uint32'),
    property('When', 'datetime'),
    property('Names', arrayOf('string')),
    property('Inner', 'string', { EmbeddedInstance: 'TEST_Setting' }),
  ],
});

/** Keys of every type a key may have (DSP0004 §7.7.5), but references. */
const everyKey = classOf('TEST_EveryKey', {
  properties: plainTypeNames
    .filter((name) => name !== 'real32' && name !== 'real64')
    .map((name) => property(`k_${name}`, name, key)),
});

const association = (name: string, first: string, second: string, superclass?: string): ClassDeclaration =>
  classOf(name, {
    ...(superclass === undefined ? {} : { superclass }),
    qualifiers: { Association: true },
    properties: [property('Antecedent', reference(first), key), property('Dependent', reference(second), key)],
  });

const invokeParameters = [
  parameter('Name', 'string'),
  parameter('Count', 'uint16'),
  parameter('Numbers', arrayOf('uint16')),
  parameter('Flags', arrayOf('boolean', 2)),
  parameter('System', reference('TEST_System')),
  parameter('Systems', arrayOf(reference('TEST_System'))),
  parameter('Sub', reference('TEST_SubSystem')),
  parameter('Subs', arrayOf(reference('TEST_SubSystem'))),
  parameter('Goal', 'string', { EmbeddedInstance: 'TEST_Setting' }),
  parameter('Both', 'string', { Out: true }),
  parameter('Result', reference('TEST_System'), { In: false, Out: true }),
];

const system = classOf('TEST_System', {
  properties: [
    property('CreationClassName', 'string', key),
    property('Name', 'string', key),
    property('Size', 'uint64'),
  ],
  methods: [
    {
      name: 'Run',
      returnType: plainType('uint32'),
      parameters: invokeParameters,
      qualifiers: qualifiers({ ValueMap: ['0', '1', '4096'], Values: ['Completed', 'Not Supported', 'Job Started'] }),
    },
    { name: 'Unmapped', returnType: plainType('uint32'), parameters: [], qualifiers: [] },
    { name: 'Make', returnType: plainType('uint32'), parameters: [], qualifiers: qualifiers({ Static: true }) },
  ],
});

/**
 * Classes with everything that values can be: every type, single and in arrays, keys of every type, associations,
 * associations between associations, embedded instances within each other, a class with subclasses.
 */
export function createTestSchema(): Schema {
  const schema = new Schema();
  for (const declaration of qualifierTypes) schema.addQualifierType(declaration);
  for (const declaration of [
    setting,
    classOf('TEST_SpecialSetting', { superclass: 'TEST_Setting', properties: [property('Extra', 'sint64')] }),
    everyType,
    everyKey,
    system,
    classOf('TEST_SubSystem', { superclass: 'TEST_System' }),
    classOf('TEST_OtherSystem', { superclass: 'TEST_System' }),
    classOf('TEST_Alert', { qualifiers: { Indication: true }, properties: [property('Message', 'string')] }),
    classOf('TEST_Port', { properties: [property('PortNumber', 'uint16', key)] }),
    association('TEST_Hosts', 'TEST_System', 'TEST_System'),
    association('TEST_HostsDirectly', 'TEST_System', 'TEST_System', 'TEST_Hosts'),
    association('TEST_HostsPort', 'TEST_System', 'TEST_Port'),
    association('TEST_Explains', 'TEST_Hosts', 'TEST_System'),
    association('TEST_ExplainsMore', 'TEST_Explains', 'TEST_System'),
  ]) {
    schema.addClass(declaration);
  }
  return schema;
}

/** What the decoder needs to know, for an endpoint that serves only {@link namespace}. */
export function wscimContext(schema: Schema): WscimContext {
  return { namespace, schema, findSchema: (name) => (name.toLowerCase() === namespace ? schema : undefined) };
}

import fc from 'fast-check';
import { type CimType, plainType } from '../../src/cim/model/cim-type.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import type {
  ClassDeclaration,
  MethodDeclaration,
  ParameterDeclaration,
  PropertyDeclaration,
  QualifierDeclaration,
  QualifierFlavor,
  QualifierTypeDeclaration,
} from '../../src/cim/schema/class-declaration.js';
import { Schema } from '../../src/cim/schema/schema.js';
import { scalarOf, xmlText } from '../support/cim-arbitraries.js';
import { plainTypeNames } from '../support/test-schema.js';

const standardFlavor: QualifierFlavor = { overridable: true, toSubclass: true, translatable: false };
const targetClass = 'GEN_Target';

/** A qualifier of every type, single and as an array, and those that mean something to the writer. */
const qualifierTypes: readonly QualifierTypeDeclaration[] = [
  ...plainTypeNames.flatMap((name) => [
    { name: `Q_${name}`, type: plainType(name) },
    { name: `Many_${name}`, type: plainType(name, { kind: 'Bag', size: undefined }) },
  ]),
  ...['Key', 'Association', 'In', 'Out'].map((name) => ({ name, type: plainType('boolean') })),
  { name: 'EmbeddedInstance', type: plainType('string') },
].map((qualifier) => ({ ...qualifier, defaultValue: null, scopes: new Set(['any']), flavor: standardFlavor }));

const free = qualifierTypes.filter(({ name }) => /^(Q|Many)_/.test(name));

const anyName = fc.stringMatching(/^[A-Za-z_é][A-Za-z0-9_é]{0,12}$/);

/** Values that XML can carry: a char16 that it cannot is written as a question mark. */
function anyScalar(type: CimType): fc.Arbitrary<Exclude<CimValue, readonly unknown[] | null>> {
  if (type.name === 'char16') return xmlText.filter(({ length }) => length === 1);
  return scalarOf(type.name);
}

function anyValue(type: CimType): fc.Arbitrary<CimValue> {
  const scalar = anyScalar(type);
  if (!type.array) return fc.option(scalar, { freq: 5 });
  return fc.option(fc.array(fc.option(scalar, { freq: 5 }), { maxLength: type.array.size ?? 4 }), { freq: 5 });
}

const anyFlavor = (overridable: fc.Arbitrary<boolean>) =>
  fc.record({ overridable, toSubclass: fc.boolean(), translatable: fc.boolean() });

/** Qualifiers that a subclass may give another value, unless they are the last of their line. */
function anyQualifiers(isLast: boolean): fc.Arbitrary<QualifierDeclaration[]> {
  const flavor = anyFlavor(isLast ? fc.boolean() : fc.constant(true));
  const one = ({ name, type }: QualifierTypeDeclaration) =>
    fc.record({ name: fc.constant(name), value: anyValue(type), flavor });
  return fc.subarray(free, { maxLength: 4 }).chain((chosen) => fc.tuple(...chosen.map(one)));
}

const anyPlainType: fc.Arbitrary<CimType> = fc
  .record({
    name: fc.constantFrom(...plainTypeNames),
    isArray: fc.boolean(),
    size: fc.option(fc.integer({ min: 4, max: 9 })),
  })
  .map(({ name, isArray, size }) => plainType(name, isArray ? { kind: 'Bag', size: size ?? undefined } : undefined));

const anyReferenceType: fc.Arbitrary<CimType> = fc.boolean().map((isArray) => ({
  ...plainType('reference', isArray ? { kind: 'Bag', size: undefined } : undefined),
  referenceClass: targetClass,
}));

function anyProperty(name: string, type: CimType, isLast: boolean): fc.Arbitrary<PropertyDeclaration> {
  return fc.record({
    name: fc.constant(name),
    type: fc.constant(type),
    defaultValue: fc.option(anyValue(type), { nil: undefined }),
    qualifiers: anyQualifiers(isLast),
  });
}

function anyParameter(name: string, type: CimType, isLast: boolean): fc.Arbitrary<ParameterDeclaration> {
  const given = (qualifier: string, value: boolean | null) =>
    value === null ? [] : [{ name: qualifier, value, flavor: {} }];
  const isEmbedded = type.name === 'string' ? fc.boolean() : fc.constant(false);
  return fc
    .tuple(anyQualifiers(isLast), fc.option(fc.boolean()), fc.option(fc.boolean()), isEmbedded)
    .map(([others, isIn, isOut, embedded]) => ({
      name,
      type,
      qualifiers: [
        ...others,
        ...given('In', isIn),
        ...given('Out', isOut),
        ...(embedded ? [{ name: 'EmbeddedInstance', value: targetClass, flavor: {} }] : []),
      ],
    }));
}

/** @param inherited the method it overrides, whose parameters it has */
function anyMethod(name: string, isLast: boolean, inherited?: MethodDeclaration): fc.Arbitrary<MethodDeclaration> {
  const anyNew = (parameterName: string) =>
    fc.oneof(anyPlainType, anyReferenceType).chain((type) => anyParameter(parameterName, type, isLast));
  const parameters = inherited
    ? fc.tuple(...inherited.parameters.map((one) => anyParameter(one.name, one.type, isLast)))
    : anyNames(4).chain((names) => fc.tuple(...names.map(anyNew)));
  return fc.record({
    name: fc.constant(name),
    returnType: fc.constant(plainType('uint32')),
    parameters,
    qualifiers: anyQualifiers(isLast),
  });
}

function anyNames(maxLength: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(anyName, { maxLength, selector: (name) => name.toLowerCase() });
}

const anyBase: fc.Arbitrary<ClassDeclaration> = fc.record({
  name: fc.constant('GEN_Base'),
  superclassName: fc.constant(undefined),
  qualifiers: anyQualifiers(false),
  properties: anyNames(5).chain((names) =>
    fc.tuple(...names.map((name) => anyPlainType.chain((type) => anyProperty(name, type, false)))),
  ),
  methods: anyNames(3).chain((names) => fc.tuple(...names.map((name) => anyMethod(name, false)))),
});

/** Overrides some of what it inherits, and adds to it. */
function anySubclass(base: ClassDeclaration): fc.Arbitrary<ClassDeclaration> {
  return fc.record({
    name: fc.constant('GEN_Sub'),
    superclassName: fc.constant(base.name),
    qualifiers: anyQualifiers(true),
    properties: fc
      .subarray([...base.properties, { name: 'added_one', type: plainType('string') }])
      .chain((chosen) => fc.tuple(...chosen.map(({ name, type }) => anyProperty(name, type, true)))),
    methods: fc
      .subarray([...base.methods, undefined])
      .chain((chosen) => fc.tuple(...chosen.map((one) => anyMethod(one?.name ?? 'added_one', true, one)))),
  });
}

const anyPath = fc
  .record({
    host: fc.constantFrom(undefined, 'server.example'),
    namespace: fc.constantFrom(undefined, 'root/other'),
    keys: fc.tuple(fc.stringMatching(/^[a-z<>&]*$/), fc.integer({ min: 0, max: 9 })),
  })
  .map(({ host, namespace, keys: [name, number] }) => {
    const keys = { Name: name, Number: number };
    return new InstancePath({ host: namespace && host, namespace, className: targetClass, keys });
  });

const anyAssociation: fc.Arbitrary<ClassDeclaration> = fc
  .tuple(fc.option(anyPath, { nil: undefined }), anyQualifiers(true))
  .map(([path, qualifiers]) => {
    const type = { ...plainType('reference'), referenceClass: targetClass };
    return {
      name: 'GEN_Association',
      superclassName: undefined,
      qualifiers: [{ name: 'Association', value: true, flavor: {} }, ...qualifiers],
      properties: [
        { name: 'Antecedent', type, defaultValue: path, qualifiers: [{ name: 'Key', value: true, flavor: {} }] },
        { name: 'Dependent', type, defaultValue: undefined, qualifiers },
      ],
      methods: [],
    };
  });

const target: ClassDeclaration = {
  ...{ name: targetClass, superclassName: undefined, qualifiers: [], methods: [] },
  properties: [],
};

/** A schema with a class, its subclass and its sub-subclass that adds nothing, and an association. */
export const anySchema: fc.Arbitrary<Schema> = anyBase
  .chain((base) => fc.tuple(fc.constant(base), anySubclass(base), anyAssociation))
  .map(([base, sub, association]) => {
    const schema = new Schema();
    for (const declaration of qualifierTypes) schema.addQualifierType(declaration);
    const leaf = { ...target, name: 'GEN_Leaf', superclassName: sub.name };
    for (const declaration of [target, base, sub, leaf, association]) schema.addClass(declaration);
    return schema;
  });

import fc from 'fast-check';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { type CimType, integerRanges, isBigIntType, isIntegerType, plainType } from '../../src/cim/model/cim-type.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import type {
  ClassDeclaration,
  ParameterDeclaration,
  QualifierDeclaration,
  QualifierTypeDeclaration,
} from '../../src/cim/schema/class-declaration.js';
import { findNonXmlCharacter } from '../../src/mof/syntax/xml-characters.js';

const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/);

/** Any characters that XML has a form for, those that MOF escapes among them. */
const texts = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('\\', '"', "'", '\n', '\r', 'x', '0', '/', '*', '\ufeff', '\u{1f600}', '\u00e4'),
    }),
  )
  .filter((text) => findNonXmlCharacter(text) === undefined);

const intrinsic = fc.constantFrom(
  ...(['boolean', 'string', 'char16', 'datetime', 'real32', 'real64'] as const),
  ...(Object.keys(integerRanges) as (keyof typeof integerRanges)[]),
);

/** Any intrinsic type, scalar or array. */
export const plainTypes: fc.Arbitrary<CimType> = fc
  .tuple(intrinsic, fc.option(fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined })))
  .map(([name, size]) => plainType(name, size === null ? undefined : { kind: 'Bag', size }));

const referenceTypes: fc.Arbitrary<CimType> = fc.boolean().map((array) => ({
  ...plainType('reference', array ? { kind: 'Bag', size: undefined } : undefined),
  referenceClass: 'Target',
}));

/** A value of a type, NULL among them. */
export function valuesOf(type: CimType): fc.Arbitrary<CimValue> {
  const scalar = scalarsOf(type);
  if (!type.array) return fc.option(scalar, { nil: null });
  const items = fc.array(fc.option(scalar, { nil: null }), { maxLength: type.array.size ?? 5 });
  return fc.option(items, { nil: null });
}

function scalarsOf({ name }: CimType): fc.Arbitrary<Exclude<CimValue, null | readonly unknown[]>> {
  if (isIntegerType(name)) {
    const [min, max] = integerRanges[name];
    return isBigIntType(name) ? fc.bigInt({ min, max }) : fc.integer({ min: Number(min), max: Number(max) });
  }
  switch (name) {
    case 'boolean':
      return fc.boolean();
    case 'real32':
      return fc.float({ noNaN: true, noDefaultInfinity: true });
    case 'real64':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'char16':
      return texts.filter((text) => text.length > 0 && text.charCodeAt(0) < 0xd800).map((text) => text.charAt(0));
    case 'datetime':
      return fc.bigInt({ min: 0n, max: 10n ** 18n }).map((microseconds) => CimDateTime.interval(microseconds));
    case 'reference':
      return texts.map((key) => new InstancePath({ namespace: 'root/a', className: 'Target', keys: { Name: key } }));
    default:
      return texts;
  }
}

/** Each qualifier type with a value for it. */
const qualifiers = fc
  .uniqueArray(
    fc.record({
      name: names.map((name) => `Q_${name}`),
      type: plainTypes,
      scopes: fc.constant(new Set(['any'] as const)),
      flavor: fc.record({ overridable: fc.boolean(), toSubclass: fc.boolean(), translatable: fc.boolean() }),
    }),
    { maxLength: 4, selector: ({ name }) => name.toLowerCase() },
  )
  .chain((types) =>
    fc.tuple(
      ...types.map((type) =>
        fc.record({
          declared: valuesOf(type.type).map((defaultValue): QualifierTypeDeclaration => ({ ...type, defaultValue })),
          used: valuesOf(type.type).map((value): QualifierDeclaration => ({ name: type.name, value, flavor: {} })),
        }),
      ),
    ),
  );

/** Qualifier types, and a class that uses them. */
export const declarations: fc.Arbitrary<{
  readonly qualifierTypes: readonly QualifierTypeDeclaration[];
  readonly declaration: ClassDeclaration;
}> = qualifiers.chain((pairs) => {
  const used = pairs.map((pair) => pair.used);
  const someUsed = fc.subarray(used);
  const elements = (types: fc.Arbitrary<CimType>) =>
    fc.uniqueArray(fc.record({ name: names, type: types, qualifiers: someUsed }), {
      maxLength: 5,
      selector: ({ name }) => name.toLowerCase(),
    }) satisfies fc.Arbitrary<ParameterDeclaration[]>;
  const properties = elements(plainTypes).chain((all) =>
    fc.tuple(
      ...all.map((one) =>
        fc.option(valuesOf(one.type), { nil: undefined }).map((defaultValue) => ({ ...one, defaultValue })),
      ),
    ),
  );
  const methods = fc.uniqueArray(
    fc.record({
      name: names,
      returnType: intrinsic.map((name) => plainType(name)),
      parameters: elements(fc.oneof(plainTypes, referenceTypes)),
      qualifiers: someUsed,
    }),
    { maxLength: 3, selector: ({ name }) => name.toLowerCase() },
  );
  const declaration = fc.record({
    name: names.map((name) => `C_${name}`),
    superclassName: fc.constant(undefined),
    qualifiers: someUsed,
    properties,
    methods,
  });
  return declaration.map((found) => ({
    qualifierTypes: pairs.map(({ declared }) => declared),
    declaration: found,
  }));
});

import fc from 'fast-check';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import {
  type CimArrayShape,
  type CimType,
  integerRanges,
  isBigIntType,
  plainType,
} from '../../src/cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../../src/cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import type { TypedClass } from '../../src/cimjson/encode.js';

/** Values with the types that their class declares. */
export interface Declared {
  readonly type: CimType;
  readonly value: CimValue;
}

const bag: CimArrayShape = { kind: 'Bag', size: undefined };
const name = fc.oneof(fc.stringMatching(/^[A-Za-z_]\w{0,8}$/), fc.constantFrom('__proto__', 'constructor', 'Größe'));
/** Code units as they come, lone surrogates among them. */
const text = fc.string({ unit: 'binary', maxLength: 12 }).chain((some) => fc.constantFrom(some, `${some}\ud800`));
const two = (value: number) => String(value).padStart(2, '0');

const dateTime = fc
  .oneof(
    fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map(withOffset),
    fc.bigInt({ min: 0n, max: 8_639_999_999_999_999_999n }).map((length) => CimDateTime.interval(length).toString()),
    fc.constantFrom('20261129******.******+***', '000000010203**.******:000', '19980525133015.0000**-300'),
  )
  .map((form) => CimDateTime.parse(form));

function withOffset(date: Date): string {
  const offset = `${date.getTime() % 2 === 0 ? '+' : '-'}${two(date.getUTCHours()).padStart(3, '0')}`;
  return CimDateTime.fromDate(date).toString().slice(0, 21) + offset;
}

const plain: readonly fc.Arbitrary<{ readonly type: CimType; readonly scalar: CimScalar }>[] = [
  ...(Object.keys(integerRanges) as (keyof typeof integerRanges)[]).map((type) => {
    const [min, max] = integerRanges[type];
    const whole = fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max));
    return whole.map((value) => ({ type: plainType(type), scalar: isBigIntType(type) ? value : Number(value) }));
  }),
  fc.boolean().map((scalar) => ({ type: plainType('boolean'), scalar })),
  fc.double().map((scalar) => ({ type: plainType('real64'), scalar })),
  fc.constantFrom(-0, Number.NaN, 1 / 0, -1 / 0).map((scalar) => ({ type: plainType('real64'), scalar })),
  fc.float().map((scalar) => ({ type: plainType('real32'), scalar })),
  text.map((scalar) => ({ type: plainType('string'), scalar })),
  fc.integer({ min: 0, max: 0xffff }).map((code) => ({ type: plainType('char16'), scalar: String.fromCharCode(code) })),
  dateTime.map((scalar) => ({ type: plainType('datetime'), scalar })),
];

/** What the classes of a generated instance declare; each class is used once. */
export class Declarations {
  readonly classes = new NameMap<TypedClass>();
  #next = 0;

  readonly find = (className: string): TypedClass | undefined => this.classes.get(className);

  /** Declares a class with these properties. @returns its name */
  declare(types: Iterable<readonly [string, CimType]>): string {
    const className = `C_${this.#next++}`;
    const properties = new NameMap<{ readonly type: CimType }>();
    for (const [property, type] of types) properties.set(property, { type });
    this.classes.set(className, { properties });
    return className;
  }
}

type Build<T> = (declarations: Declarations) => T;
interface Sample {
  readonly type: CimType;
  readonly make: Build<CimScalar>;
}

const plainSample: fc.Arbitrary<Sample> = fc.oneof(...plain).map(({ type, scalar }) => ({ type, make: () => scalar }));

/** Keys that are references hold paths with keys of their own, three deep. */
const keySamples: (depth: number) => fc.Arbitrary<Sample> = fc.memo((depth) => {
  const simple = plainSample.filter(({ type }) => !type.name.startsWith('real'));
  return depth <= 1 ? simple : fc.oneof(simple, pathSample(depth - 1));
});

function pathSample(depth: number): fc.Arbitrary<Sample> {
  const keys = fc.dictionary(name, keySamples(depth), { maxKeys: 3 });
  const where = { host: fc.option(text, { nil: undefined }), namespace: fc.constantFrom(undefined, 'root/lab') };
  return fc.record({ keys, ...where, declared: fc.boolean() }).map(({ keys, declared, ...path }) => ({
    type: { ...plainType('reference'), referenceClass: declared ? 'CIM_Base' : 'object' },
    make: (declarations) => {
      const entries = uniqueNames(keys);
      const className = declarations.declare(entries.map(([key, { type }]) => [key, type]));
      const values = entries.map(([key, { make }]) => [key, make(declarations) as CimKeyValue] as const);
      return new InstancePath({ ...path, className, keys: new NameMap(values) });
    },
  }));
}

function instanceSample(depth: number): fc.Arbitrary<Sample> {
  return fc.record({ build: instanceBuild(depth), declared: fc.boolean() }).map(({ build, declared }) => ({
    type: {
      ...plainType('string'),
      embedded: declared ? { kind: 'instance', className: 'CIM_Base' } : { kind: 'object' },
    },
    make: build,
  }));
}

const scalarSample: (depth: number) => fc.Arbitrary<Sample> = fc.memo((depth) =>
  depth <= 1 ? plainSample : fc.oneof(plainSample, pathSample(2), instanceSample(depth - 1)),
);

interface ElementSample {
  readonly type: CimType;
  readonly make: Build<CimValue>;
}

/** A scalar, NULL, or an array of one type with NULL among its elements, perhaps empty. */
function elementSample(depth: number): fc.Arbitrary<ElementSample> {
  const one = scalarSample(depth);
  const array = fc.tuple(one, fc.array(fc.option(fc.nat(3)), { maxLength: 4 })).map(([{ type, make }, elements]) => ({
    type: { ...type, array: bag },
    make: (declarations: Declarations) => elements.map((element) => (element === null ? null : make(declarations))),
  }));
  const nil = one.map(({ type }) => ({ type, make: () => null }));
  return fc.oneof({ weight: 4, arbitrary: one as fc.Arbitrary<ElementSample> }, { weight: 3, arbitrary: array }, nil);
}

function instanceBuild(depth: number): fc.Arbitrary<Build<CimInstance>> {
  const properties = fc.dictionary(name, elementSample(depth), { maxKeys: 5 });
  const path = fc.option(pathSample(2), { nil: undefined });
  return fc
    .record({ properties, path: depth > 2 ? path : fc.constant(undefined) })
    .map(({ properties, path }) => (declarations: Declarations) => {
      const entries = uniqueNames(properties);
      const className = declarations.declare(entries.map(([property, { type }]) => [property, type]));
      const values = entries.map(([property, { make }]) => [property, make(declarations)] as const);
      return new CimInstance(className, values, path?.make(declarations) as InstancePath | undefined);
    });
}

function uniqueNames<V>(record: Record<string, V>): readonly (readonly [string, V])[] {
  return [...new NameMap(Object.entries(record))];
}

/** An instance, with what its classes and those within it declare. */
export const arbitraryInstance: fc.Arbitrary<{ readonly instance: CimInstance; readonly declarations: Declarations }> =
  instanceBuild(3).map((build) => {
    const declarations = new Declarations();
    return { instance: build(declarations), declarations };
  });

/** A value with its type, and what is declared of the classes within it. */
export const arbitraryElement: fc.Arbitrary<Declared & { readonly declarations: Declarations }> = elementSample(3).map(
  ({ type, make }) => {
    const declarations = new Declarations();
    return { type, value: make(declarations), declarations };
  },
);

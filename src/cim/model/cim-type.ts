/** The intrinsic types of DSP0004 §5.2; `reference` stands for `CLASS REF`. */
export type CimTypeName =
  | 'boolean'
  | 'uint8'
  | 'sint8'
  | 'uint16'
  | 'sint16'
  | 'uint32'
  | 'sint32'
  | 'uint64'
  | 'sint64'
  | 'real32'
  | 'real64'
  | 'char16'
  | 'string'
  | 'datetime'
  | 'reference';

/** How an array's order and repeats count (qualifier ArrayType, DSP0004 §5.6.3.2; Bag when absent). */
export type CimArrayKind = 'Bag' | 'Ordered' | 'Indexed';

/** Array shape; `size` is the fixed length, undefined when the length varies. */
export interface CimArrayShape {
  readonly kind: CimArrayKind;
  readonly size: number | undefined;
}

/** What a string element with EmbeddedInstance("C") or EmbeddedObject carries. */
export type CimEmbedding = { readonly kind: 'instance'; readonly className: string } | { readonly kind: 'object' };

/** Stands as the class of references to objects of any class, as WMI writes them: `object REF`. */
export const ANY_CLASS = 'object';

/** The full type of a property, parameter, return value or qualifier. */
export interface CimType {
  readonly name: CimTypeName;
  readonly array: CimArrayShape | undefined;
  /** The class named before REF; set exactly when `name` is `reference`. */
  readonly referenceClass: string | undefined;
  /** Set when the element is declared `string` and holds an embedded instance or object. */
  readonly embedded: CimEmbedding | undefined;
}

/** Inclusive ranges of the integer types. */
export const integerRanges = {
  uint8: [0n, 0xffn],
  sint8: [-0x80n, 0x7fn],
  uint16: [0n, 0xffffn],
  sint16: [-0x8000n, 0x7fffn],
  uint32: [0n, 0xffff_ffffn],
  sint32: [-0x8000_0000n, 0x7fff_ffffn],
  uint64: [0n, 0xffff_ffff_ffff_ffffn],
  sint64: [-0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn],
} as const satisfies Partial<Record<CimTypeName, readonly [bigint, bigint]>>;

export type CimIntegerTypeName = keyof typeof integerRanges;

export function isIntegerType(name: CimTypeName): name is CimIntegerTypeName {
  return Object.hasOwn(integerRanges, name);
}

/** True for the integer types whose values are `bigint` in JavaScript. */
export function isBigIntType(name: CimTypeName): boolean {
  return name === 'uint64' || name === 'sint64';
}

/** The scalar or array type of that name, without reference class or embedding. */
export function plainType(name: CimTypeName, array?: CimArrayShape): CimType {
  return { name, array, referenceClass: undefined, embedded: undefined };
}

/** The type of an array's elements; the type itself when it is no array. */
export function elementType(type: CimType): CimType {
  return type.array ? { ...type, array: undefined } : type;
}

/** The type as MOF writes it, for messages: `uint16[]`, `CIM_System REF`, `string`. */
export function describeType(type: CimType): string {
  const base =
    type.name === 'reference'
      ? `${type.referenceClass ?? 'any class'} REF`
      : type.embedded?.kind === 'instance'
        ? `embedded ${type.embedded.className}`
        : type.embedded
          ? 'embedded object'
          : type.name;
  return type.array ? `${base}[${type.array.size ?? ''}]` : base;
}

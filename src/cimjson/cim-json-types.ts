/** A value of JSON, as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The names of types in JSON: those of DSP0004 §5.2, `reference`, and `instance` for embedded instances and objects. */
export type JsonTypeName =
  | 'boolean'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'sint8'
  | 'sint16'
  | 'sint32'
  | 'sint64'
  | 'real32'
  | 'real64'
  | 'string'
  | 'char16'
  | 'datetime'
  | 'reference'
  | 'instance';

/**
 * One value that is no array: boolean; 8- to 32-bit integers and reals as numbers; `"NaN"`, `"INF"`, `"-INF"` and `"-0"`; 64-bit integers as
 * decimal texts; string, char16 and datetime as texts; paths, instances and classes as objects.
 */
export type JsonScalar = boolean | number | string | JsonPath | JsonInstance | JsonClass;

export type JsonCimValue = JsonScalar | null | readonly (JsonScalar | null)[];

/** How a type is written, beside a value or in a declaration. */
export interface JsonType {
  readonly type: JsonTypeName;
  readonly array?: true;
  /** The class that a reference or an embedded instance is declared with. */
  readonly class?: string;
}

/** A value with its type; `value` is null for NULL. */
export interface JsonElement extends JsonType {
  readonly value: JsonCimValue;
}

export type JsonElements = Readonly<Record<string, JsonElement>>;

export interface JsonPath {
  readonly kind: 'path';
  readonly host?: string;
  readonly namespace?: string;
  readonly class: string;
  readonly keys: JsonElements;
}

export interface JsonInstance {
  readonly kind: 'instance';
  readonly namespace?: string;
  readonly class: string;
  readonly path?: JsonPath;
  readonly properties: JsonElements;
}

export interface JsonQualifier extends JsonElement {
  /** Those that differ from DSP0004's defaults (EnableOverride, ToSubclass). */
  readonly flavors?: readonly JsonFlavor[];
}

export type JsonFlavor = 'DisableOverride' | 'Restricted' | 'Translatable';

export type JsonQualifiers = Readonly<Record<string, JsonQualifier>>;

/** A type in a declaration. */
export interface JsonDeclaredType extends JsonType {
  /** The length of an array whose length is fixed. */
  readonly arraySize?: number;
}

export interface JsonPropertyDeclaration extends JsonDeclaredType {
  /** The default; absent where there is none, null where it is NULL. */
  readonly value?: JsonCimValue;
  readonly qualifiers?: JsonQualifiers;
  /** The class that introduced the property. */
  readonly origin?: string;
  /** Inherited unchanged. */
  readonly propagated?: true;
}

export interface JsonParameterDeclaration extends JsonDeclaredType {
  readonly qualifiers?: JsonQualifiers;
}

export interface JsonMethodDeclaration extends JsonDeclaredType {
  readonly qualifiers?: JsonQualifiers;
  readonly origin?: string;
  readonly propagated?: true;
  readonly parameters?: Readonly<Record<string, JsonParameterDeclaration>>;
}

export interface JsonClass {
  readonly kind: 'class';
  readonly namespace?: string;
  readonly name: string;
  readonly superclass?: string;
  /** The superclasses, the nearest first. */
  readonly derivation?: readonly string[];
  readonly qualifiers?: JsonQualifiers;
  readonly properties?: Readonly<Record<string, JsonPropertyDeclaration>>;
  readonly methods?: Readonly<Record<string, JsonMethodDeclaration>>;
}

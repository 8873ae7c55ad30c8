import type { CimTypeName } from '../../cim/model/cim-type.js';
import type { QualifierFlavor, QualifierScope } from '../../cim/schema/class-declaration.js';
import type { SourceText } from '../mof-source.js';

/** Nodes of a MOF text. `at` is the offset in the text, for messages. */
export interface NameSyntax {
  readonly text: string;
  readonly at: number;
}

export type ScalarSyntax =
  | { readonly kind: 'string' | 'char' | 'alias'; readonly at: number; readonly text: string }
  | { readonly kind: 'integer'; readonly at: number; readonly value: number | bigint }
  | { readonly kind: 'real'; readonly at: number; readonly value: number }
  | { readonly kind: 'boolean'; readonly at: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly at: number }
  | { readonly kind: 'instance'; readonly at: number; readonly instance: InstanceSyntax };

export type ValueSyntax =
  | ScalarSyntax
  | { readonly kind: 'array'; readonly at: number; readonly items: readonly ScalarSyntax[] };

export interface QualifierSyntax {
  readonly name: NameSyntax;
  /** undefined: the value is implied by the qualifier's type. */
  readonly value: ValueSyntax | undefined;
  readonly flavor: Partial<QualifierFlavor>;
}

export interface TypeSyntax {
  readonly name: CimTypeName;
  readonly at: number;
  /** The class before REF; `object` for references to anything. */
  readonly referenceClass: NameSyntax | undefined;
  /** WMI's types: the class that stands as a type or behind `object:`; `any` for `object` alone. */
  readonly embedded?: NameSyntax | 'any';
  /** True for `void` before a method. */
  readonly isVoid?: true;
}

export interface ElementSyntax {
  readonly name: NameSyntax;
  readonly type: TypeSyntax;
  /** `size` is undefined for `[]`. */
  readonly array: { readonly size: number | undefined } | undefined;
  readonly qualifiers: readonly QualifierSyntax[];
}

export interface PropertySyntax extends ElementSyntax {
  readonly kind: 'property';
  readonly defaultValue: ValueSyntax | undefined;
}

export interface ParameterSyntax extends ElementSyntax {
  readonly defaultValue: ValueSyntax | undefined;
}

export interface MethodSyntax extends ElementSyntax {
  readonly kind: 'method';
  readonly parameters: readonly ParameterSyntax[];
}

export interface ClassSyntax {
  readonly kind: 'class';
  readonly name: NameSyntax;
  readonly alias: NameSyntax | undefined;
  readonly superclass: NameSyntax | undefined;
  readonly qualifiers: readonly QualifierSyntax[];
  readonly members: readonly (PropertySyntax | MethodSyntax)[];
  /** True when a part could not be read, which has been reported. */
  readonly broken: boolean;
}

export interface AssignmentSyntax {
  readonly name: NameSyntax;
  readonly value: ValueSyntax;
  readonly qualifiers: readonly QualifierSyntax[];
}

export interface InstanceSyntax {
  readonly kind: 'instance';
  readonly at: number;
  readonly source: SourceText;
  readonly className: NameSyntax;
  readonly alias: NameSyntax | undefined;
  readonly qualifiers: readonly QualifierSyntax[];
  readonly assignments: readonly AssignmentSyntax[];
  /** True when a part could not be read, which has been reported. */
  readonly broken: boolean;
}

export interface QualifierTypeSyntax {
  readonly kind: 'qualifier';
  readonly name: NameSyntax;
  readonly type: TypeSyntax;
  readonly array: ElementSyntax['array'];
  readonly defaultValue: ValueSyntax | undefined;
  readonly scopes: ReadonlySet<QualifierScope>;
  readonly flavor: Partial<QualifierFlavor>;
}

/** WMI's `Qualifier Name : ToInstance;`, which says how the qualifier is handed down and leaves its type to its use. */
export interface QualifierFlavorSyntax {
  readonly kind: 'qualifierFlavor';
  readonly name: NameSyntax;
  readonly flavor: Partial<QualifierFlavor>;
}

export interface PragmaSyntax {
  readonly kind: 'pragma';
  readonly name: NameSyntax;
  /** The first argument when it is a string. */
  readonly argument: NameSyntax | undefined;
  /** The words behind it, in lower case. */
  readonly options: readonly string[];
}

export type DeclarationSyntax =
  | ClassSyntax
  | InstanceSyntax
  | QualifierTypeSyntax
  | QualifierFlavorSyntax
  | PragmaSyntax;

import type { CimType } from '../model/cim-type.js';
import type { CimValue } from '../model/cim-value.js';

/** The element kinds a qualifier may be applied to (DSP0004 §7.8, `Scope(…)`). */
export type QualifierScope =
  | 'class'
  | 'association'
  | 'indication'
  | 'qualifier'
  | 'property'
  | 'reference'
  | 'method'
  | 'parameter'
  | 'any';

/** How a qualifier value is inherited (DSP0004 §5.6.1.2). */
export interface QualifierFlavor {
  /** EnableOverride (true, the default) or DisableOverride. */
  readonly overridable: boolean;
  /** ToSubclass (true, the default) or Restricted. */
  readonly toSubclass: boolean;
  readonly translatable: boolean;
}

/** `Qualifier Name : type = default, Scope(…), Flavor(…);` */
export interface QualifierTypeDeclaration {
  readonly name: string;
  readonly type: CimType;
  /** NULL when the declaration names no default. */
  readonly defaultValue: CimValue;
  readonly scopes: ReadonlySet<QualifierScope>;
  readonly flavor: QualifierFlavor;
}

/** A qualifier as written on an element; its value already has the type that the qualifier declares. */
export interface QualifierDeclaration {
  readonly name: string;
  readonly value: CimValue;
  /** Flavors written at the use, which win over those of the qualifier's declaration. */
  readonly flavor: Partial<QualifierFlavor>;
}

export interface PropertyDeclaration {
  readonly name: string;
  readonly type: CimType;
  /** undefined: no default written; null: `= NULL`. */
  readonly defaultValue: CimValue | undefined;
  readonly qualifiers: readonly QualifierDeclaration[];
}

export interface ParameterDeclaration {
  readonly name: string;
  readonly type: CimType;
  readonly qualifiers: readonly QualifierDeclaration[];
  /** What a call without the parameter gives it, which WMI has and DSP0004 has not; undefined for none. */
  readonly defaultValue?: CimValue | undefined;
}

export interface MethodDeclaration {
  readonly name: string;
  readonly returnType: CimType;
  readonly parameters: readonly ParameterDeclaration[];
  readonly qualifiers: readonly QualifierDeclaration[];
}

/** A class as its MOF says it, before inheritance. Arrays keep the order of the text. */
export interface ClassDeclaration {
  readonly name: string;
  readonly superclassName: string | undefined;
  readonly qualifiers: readonly QualifierDeclaration[];
  readonly properties: readonly PropertyDeclaration[];
  readonly methods: readonly MethodDeclaration[];
}

import type { CimType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import type { NameMap } from '../cim/model/name-map.js';
import type { QualifierFlavor } from '../cim/schema/class-declaration.js';

/** What every part of a class declaration has. */
export interface ElementDescription {
  readonly name: string;
  /** Values by the qualifiers' names; empty when the server was asked for none. */
  readonly qualifiers: NameMap<CimValue>;
  /** Types and flavors of the same qualifiers. */
  readonly qualifierTypes: NameMap<QualifierTypeDescription>;
}

/** What is said of a qualifier besides its value. */
export interface QualifierTypeDescription {
  readonly type: CimType;
  readonly flavor: QualifierFlavor;
}

/** A property or a method. */
export interface FeatureDescription extends ElementDescription {
  /** The class that introduced the feature, where the server tells. */
  readonly classOrigin: string | undefined;
  /** True when it is inherited unchanged. */
  readonly propagated: boolean;
}

export interface PropertyDescription extends FeatureDescription {
  readonly type: CimType;
  /** Undefined when the class names none. */
  readonly defaultValue: CimValue | undefined;
  readonly isKey: boolean;
  readonly isRequired: boolean;
  /** Qualifier Write: clients may change the property. */
  readonly isWritable: boolean;
}

export interface ParameterDescription extends ElementDescription {
  readonly type: CimType;
  readonly isIn: boolean;
  readonly isOut: boolean;
  readonly isRequired: boolean;
}

export interface MethodDescription extends FeatureDescription {
  readonly returnType: CimType;
  /** In the order of the declaration. */
  readonly parameters: NameMap<ParameterDescription>;
  readonly isStatic: boolean;
}

/** A class as its server declares it, with what it inherits. */
export interface ClassDescription extends ElementDescription {
  readonly superclass: string | undefined;
  /** The superclasses from the nearest up, where the server tells. */
  readonly derivation: readonly string[];
  readonly properties: NameMap<PropertyDescription>;
  readonly methods: NameMap<MethodDescription>;
  /** Names of the key properties. */
  readonly keys: readonly string[];
  readonly isAbstract: boolean;
  readonly isAssociation: boolean;
  readonly isIndication: boolean;
  readonly version: string | undefined;
}

import type { QualifierFlavor } from '../schema/class-declaration.js';
import type { CimType } from './cim-type.js';
import type { CimValue } from './cim-value.js';
import type { NameMap } from './name-map.js';

/** A qualifier in force on an element: written there or handed down by a superclass. */
export interface CimQualifier {
  readonly name: string;
  readonly type: CimType;
  readonly value: CimValue;
  readonly flavor: QualifierFlavor;
  /** True when the value comes from a superclass. */
  readonly propagated: boolean;
}

/** What every part of a class has. */
export interface CimElement {
  readonly name: string;
  readonly qualifiers: NameMap<CimQualifier>;
}

/** A property or a method. */
export interface CimFeature extends CimElement {
  /** The class that introduced the feature. */
  readonly classOrigin: string;
  /** True when the class inherits the feature unchanged. */
  readonly propagated: boolean;
}

export interface CimProperty extends CimFeature {
  readonly type: CimType;
  /** Value of a new instance that does not set the property; undefined when the class names none. */
  readonly defaultValue: CimValue | undefined;
  readonly isKey: boolean;
}

export interface CimParameter extends CimElement {
  readonly type: CimType;
  /** DSP0004 §5.6.3.24: In is true unless said otherwise. */
  readonly isIn: boolean;
  readonly isOut: boolean;
  readonly isRequired: boolean;
  /** What a call without the parameter gives it (WMI); undefined for none. */
  readonly defaultValue?: CimValue;
}

export interface CimMethod extends CimFeature {
  readonly returnType: CimType;
  /** In the order of the declaration. */
  readonly parameters: NameMap<CimParameter>;
  readonly isStatic: boolean;
  /** Its parameters with a default; undefined when there are none. */
  readonly withDefault?: readonly CimParameter[];
}

/** A class with everything it inherits. */
export interface CimClass extends CimElement {
  readonly superclass: CimClass | undefined;
  /** Superclasses first, in the order of their declarations. */
  readonly properties: NameMap<CimProperty>;
  readonly methods: NameMap<CimMethod>;
  readonly keys: readonly CimProperty[];
  readonly isAbstract: boolean;
  readonly isAssociation: boolean;
  readonly isIndication: boolean;
  /** The Version qualifier, which is never inherited (DSP0004 §5.6.3.63). */
  readonly version: string | undefined;
}

/** The value of a boolean qualifier: false when absent or NULL. */
export function booleanQualifier(element: CimElement, name: string): boolean {
  return element.qualifiers.get(name)?.value === true;
}

/** The value of a string qualifier; undefined when absent or NULL. */
export function stringQualifier(element: CimElement, name: string): string | undefined {
  const value = element.qualifiers.get(name)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The class and its superclasses, from the class itself upwards. */
export function* lineage(cimClass: CimClass): IterableIterator<CimClass> {
  for (let current: CimClass | undefined = cimClass; current; current = current.superclass) yield current;
}

import type { CimClass, CimElement, CimFeature, CimQualifier } from '../cim/model/cim-class.js';
import { lineage } from '../cim/model/cim-class.js';
import type { CimType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { NameMap } from '../cim/model/name-map.js';
import type { QualifierFlavor } from '../cim/schema/class-declaration.js';

/** What is said of a qualifier besides its value. */
export interface QualifierTypeData {
  readonly type: CimType;
  readonly flavor: QualifierFlavor;
}

/**
 * A class as JSON carries it: superclasses are names. A client's description of a class is one, too; where the types of the
 * qualifiers are missing, their values tell them.
 */
export interface ClassData extends ElementData {
  readonly superclass: string | undefined;
  /** The superclasses, the nearest first. */
  readonly derivation: readonly string[];
  readonly properties: NameMap<PropertyData>;
  readonly methods: NameMap<MethodData>;
}

/** What every part of a class has. */
export interface ElementData {
  readonly name: string;
  readonly qualifiers: NameMap<CimValue>;
  readonly qualifierTypes?: NameMap<QualifierTypeData> | undefined;
}

/** A property or a method. */
interface FeatureData extends ElementData {
  readonly classOrigin: string | undefined;
  readonly propagated: boolean;
}

export interface PropertyData extends FeatureData {
  readonly type: CimType;
  readonly defaultValue: CimValue | undefined;
}

export interface ParameterData extends ElementData {
  readonly type: CimType;
}

export interface MethodData extends FeatureData {
  readonly returnType: CimType;
  readonly parameters: NameMap<ParameterData>;
}

/** A class of a schema as data. */
export function classDataOf(cimClass: CimClass): ClassData {
  const [, ...superclasses] = [...lineage(cimClass)].map(({ name }) => name);
  return {
    ...elementData(cimClass),
    superclass: superclasses[0],
    derivation: superclasses,
    properties: mapValues(cimClass.properties, (property) => ({
      ...featureData(property),
      type: property.type,
      defaultValue: property.defaultValue,
    })),
    methods: mapValues(cimClass.methods, (method) => ({
      ...featureData(method),
      returnType: method.returnType,
      parameters: mapValues(method.parameters, ({ type, ...parameter }) => ({ ...elementData(parameter), type })),
    })),
  };
}

function featureData({ classOrigin, propagated, ...feature }: CimFeature): FeatureData {
  return { ...elementData(feature), classOrigin, propagated };
}

function elementData({ name, qualifiers }: CimElement): Required<ElementData> {
  return {
    name,
    qualifiers: mapValues(qualifiers, ({ value }: CimQualifier) => value),
    qualifierTypes: mapValues(qualifiers, ({ type, flavor }: CimQualifier) => ({ type, flavor })),
  };
}

function mapValues<A, B>(map: NameMap<A>, make: (value: A) => B): NameMap<B> {
  const made = new NameMap<B>();
  for (const [name, value] of map) made.set(name, make(value));
  return made;
}

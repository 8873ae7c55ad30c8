import type { CimClass, CimParameter, CimProperty, CimQualifier } from '../../src/cim/model/cim-class.js';
import type { CimType } from '../../src/cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../../src/cim/model/cim-value.js';
import type { NameMap } from '../../src/cim/model/name-map.js';
import type {
  ClassFacts,
  ParameterFacts,
  PlainValue,
  PropertyFacts,
  QualifierFacts,
  TypeFacts,
  ValueFacts,
} from './class-facts.js';

/** What the declaration of a class has to say when a client wants all of it. */
export function describeClass(cimClass: CimClass): ClassFacts {
  const derivation: string[] = [];
  for (let up = cimClass.superclass; up; up = up.superclass) derivation.push(up.name);
  return {
    name: cimClass.name,
    superclass: derivation[0],
    derivation: derivation.length > 0 ? derivation : undefined,
    qualifiers: describeQualifiers(cimClass.qualifiers, false),
    properties: [...cimClass.properties.values()].map(describeProperty),
    methods: [...cimClass.methods.values()].map((method) => ({
      name: method.name,
      returnType: method.returnType.name,
      origin: method.classOrigin,
      propagated: method.propagated,
      qualifiers: describeQualifiers(method.qualifiers, method.propagated),
      parameters: [...method.parameters.values()].map((parameter) => describeParameter(parameter, method.propagated)),
    })),
  };
}

function describeProperty(property: CimProperty): PropertyFacts {
  const { name, type, classOrigin: origin, propagated, defaultValue } = property;
  return {
    name,
    ...describeType(type),
    origin,
    propagated,
    embedded: type.embedded?.kind,
    qualifiers: describeQualifiers(property.qualifiers, propagated),
    defaultValue: describeValue(defaultValue ?? null),
  };
}

/** In and Out first, and In always, since clients tell the direction by them. */
function describeParameter(parameter: CimParameter, propagated: boolean): ParameterFacts {
  const { name, type, qualifiers, isIn, isOut } = parameter;
  const described = describeQualifiers(qualifiers, propagated);
  const find = (wanted: string) => described.find((qualifier) => qualifier.name.toLowerCase() === wanted);
  const direction = (wanted: string, value: boolean) => ({
    ...{ name: wanted, type: 'boolean', propagated, overridable: false, toSubclass: true, translatable: false },
    ...find(wanted.toLowerCase()),
    value,
  });
  return {
    name,
    ...describeType(type),
    qualifiers: [
      direction('In', isIn),
      ...(isOut || find('out') ? [direction('Out', isOut)] : []),
      ...described.filter((qualifier) => !/^(in|out)$/i.test(qualifier.name)),
    ],
  };
}

/** NULL is not told, and what is Restricted stays with the class that has it. */
function describeQualifiers(qualifiers: NameMap<CimQualifier>, inherited: boolean): readonly QualifierFacts[] {
  return [...qualifiers.values()]
    .filter(({ value, flavor }) => value !== null && (flavor.toSubclass || !inherited))
    .map(({ name, type, value, flavor, propagated }) => ({
      name,
      type: type.name,
      value: describeValue(value),
      propagated: propagated || inherited,
      ...flavor,
    }));
}

function describeType(type: CimType): TypeFacts {
  return {
    type: type.name,
    referenceClass: type.referenceClass,
    isArray: type.array !== undefined,
    size: type.array?.size,
  };
}

function describeValue(value: CimValue): ValueFacts {
  if (value === null) return undefined;
  if (isCimArray(value)) return value.map((item) => (item === null ? null : describeScalar(item)));
  return describeScalar(value);
}

function describeScalar(value: CimScalar): PlainValue {
  return typeof value === 'object' ? String(value) : value;
}

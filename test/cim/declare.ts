import { type CimType, type CimTypeName, plainType } from '../../src/cim/model/cim-type.js';
import type {
  ClassDeclaration,
  MethodDeclaration,
  ParameterDeclaration,
  PropertyDeclaration,
  QualifierDeclaration,
  QualifierFlavor,
  QualifierScope,
  QualifierTypeDeclaration,
} from '../../src/cim/schema/class-declaration.js';
import { Schema } from '../../src/cim/schema/schema.js';

type Extra<T> = Partial<Omit<T, 'name'>>;

/** Declarations with everything left out that a test does not care about. */
export function declareClass(name: string, extra: Extra<ClassDeclaration> = {}): ClassDeclaration {
  return { name, superclassName: undefined, qualifiers: [], properties: [], methods: [], ...extra };
}

export function declareProperty(name: string, extra: Extra<PropertyDeclaration> = {}): PropertyDeclaration {
  return { name, type: plainType('string'), defaultValue: undefined, qualifiers: [], ...extra };
}

export function declareReference(name: string, referenceClass: string, ...names: readonly string[]) {
  const type = { ...plainType('reference'), referenceClass };
  return declareProperty(name, { type, qualifiers: names.map((one) => qualifier(one)) });
}

export function declareMethod(name: string, extra: Extra<MethodDeclaration> = {}): MethodDeclaration {
  return { name, returnType: plainType('uint32'), parameters: [], qualifiers: [], ...extra };
}

export function declareParameter(name: string, extra: Extra<ParameterDeclaration> = {}): ParameterDeclaration {
  return { name, type: plainType('string'), qualifiers: [], ...extra };
}

export function qualifier(
  name: string,
  value: QualifierDeclaration['value'] = true,
  flavor: QualifierDeclaration['flavor'] = {},
): QualifierDeclaration {
  return { name, value, flavor };
}

export function qualifierType(
  name: string,
  type: CimTypeName | CimType = 'boolean',
  scopes: readonly QualifierScope[] = ['any'],
  flavor: Partial<QualifierFlavor> = {},
): QualifierTypeDeclaration {
  return {
    name,
    type: typeof type === 'string' ? plainType(type) : type,
    defaultValue: null,
    scopes: new Set(scopes),
    flavor: { overridable: true, toSubclass: true, translatable: false, ...flavor },
  };
}

/** A schema with the qualifier types of these tests and the given classes. */
export function schemaWith(...classes: readonly ClassDeclaration[]): Schema {
  const schema = new Schema();
  const fixed = { overridable: false };
  const restricted = { toSubclass: false };
  for (const type of [
    qualifierType('Key', 'boolean', ['property', 'reference'], fixed),
    qualifierType('Association', 'boolean', ['association'], fixed),
    qualifierType('Indication', 'boolean', ['indication', 'class'], fixed),
    qualifierType('Abstract', 'boolean', ['class', 'association', 'indication'], restricted),
    qualifierType('Version', 'string', ['class', 'association', 'indication'], restricted),
    qualifierType('Aggregation', 'boolean', ['association']),
    qualifierType('Description', 'string'),
    qualifierType('Override', 'string', ['property', 'method', 'reference'], restricted),
    qualifierType('ArrayType', 'string', ['property', 'parameter'], fixed),
    qualifierType('EmbeddedInstance', 'string', ['property', 'method', 'parameter']),
    qualifierType('EmbeddedObject', 'boolean', ['property', 'method', 'parameter']),
    qualifierType('In', 'boolean', ['parameter']),
    qualifierType('Out', 'boolean', ['parameter']),
    qualifierType('Required', 'boolean', ['property', 'method', 'parameter']),
    qualifierType('Static', 'boolean', ['property', 'method']),
    qualifierType('Values', plainType('string', { kind: 'Bag', size: undefined })),
  ]) {
    schema.addQualifierType(type);
  }
  for (const declaration of classes) schema.addClass(declaration);
  return schema;
}

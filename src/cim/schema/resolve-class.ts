import { findTypeProblem } from '../model/check-value.js';
import type { CimClass, CimMethod, CimParameter, CimProperty } from '../model/cim-class.js';
import { booleanQualifier, stringQualifier } from '../model/cim-class.js';
import { type CimType, describeType } from '../model/cim-type.js';
import { internedName, NameMap, sameName } from '../model/name-map.js';
import type {
  ClassDeclaration,
  MethodDeclaration,
  ParameterDeclaration,
  PropertyDeclaration,
} from './class-declaration.js';
import { resolveQualifiers } from './resolve-qualifiers.js';
import { describeElementType } from './resolve-type.js';
import type { Schema } from './schema.js';
import { SchemaError } from './schema-error.js';

/**
 * Joins a declaration with what its superclass hands down (DSP0004 §5.6.1, §5.1.2.8: overrides keep the type,
 * keys and qualifier flavors propagate). What else a class must be is for `checkClass` to say.
 */
export function resolveClass(declaration: ClassDeclaration, schema: Schema): CimClass {
  const superclass = resolveSuperclass(declaration, schema);
  const place = { className: declaration.name };
  const qualifiers = resolveQualifiers(
    declaration.qualifiers,
    superclass?.qualifiers,
    classScopes(declaration, superclass),
    place,
    schema,
  );
  const properties = resolveProperties(declaration, superclass, schema);
  const methods = resolveMethods(declaration, superclass, schema);
  const element = { name: internedName(declaration.name), qualifiers };
  return {
    name: element.name,
    superclass,
    qualifiers,
    properties,
    methods,
    keys: [...properties.values()].filter((property) => property.isKey),
    isAbstract: booleanQualifier(element, 'Abstract'),
    isAssociation: booleanQualifier(element, 'Association'),
    isIndication: booleanQualifier(element, 'Indication'),
    version: stringQualifier(element, 'Version'),
  };
}

function resolveSuperclass(declaration: ClassDeclaration, schema: Schema): CimClass | undefined {
  if (declaration.superclassName === undefined) return undefined;
  const found = schema.findClass(declaration.superclassName);
  if (found) return found;
  const place = { className: declaration.name, superclass: true };
  throw new SchemaError(place, `superclass ${declaration.superclassName} of ${declaration.name} does not exist`);
}

type ClassScope = 'class' | 'association' | 'indication';

/** An association or indication is a class as well, so class qualifiers are welcome on it. */
function classScopes(declaration: ClassDeclaration, superclass: CimClass | undefined): readonly ClassScope[] {
  const written = (name: string) => declaration.qualifiers.find((qualifier) => sameName(qualifier.name, name))?.value;
  if (written('Association') ?? superclass?.isAssociation) return ['association', 'class'];
  if (written('Indication') ?? superclass?.isIndication) return ['indication', 'class'];
  return ['class'];
}

function resolveProperties(
  declaration: ClassDeclaration,
  superclass: CimClass | undefined,
  schema: Schema,
): NameMap<CimProperty> {
  const properties = new NameMap<CimProperty>();
  for (const [name, inherited] of superclass?.properties ?? []) {
    properties.set(name, inherited.propagated ? inherited : { ...inherited, propagated: true });
  }
  const seen = new NameMap<true>();
  for (const property of declaration.properties) {
    const place = { className: declaration.name, property: property.name };
    if (seen.has(property.name)) throw new SchemaError(place, `property ${property.name} is declared twice`);
    seen.set(property.name, true);
    properties.set(property.name, resolveProperty(property, properties.get(property.name), place, schema));
  }
  return properties;
}

function resolveProperty(
  declaration: PropertyDeclaration,
  inherited: CimProperty | undefined,
  place: { readonly className: string; readonly property: string },
  schema: Schema,
): CimProperty {
  const scope = declaration.type.name === 'reference' ? 'reference' : 'property';
  const qualifiers = resolveQualifiers(
    declaration.qualifiers,
    inherited?.qualifiers,
    [scope, 'property'],
    place,
    schema,
  );
  const type = describeElementType(declaration.type, qualifiers, place);
  if (inherited) checkSameType(type, inherited.type, place, schema);
  const defaultValue = declaration.defaultValue === undefined ? inherited?.defaultValue : declaration.defaultValue;
  const problem = defaultValue === undefined || type.embedded ? undefined : findTypeProblem(defaultValue, type);
  if (problem) throw new SchemaError(place, `default of ${declaration.name}: ${problem}`);
  const element = { name: inherited?.name ?? internedName(declaration.name), qualifiers };
  return {
    ...element,
    type,
    defaultValue,
    classOrigin: inherited?.classOrigin ?? place.className,
    propagated: false,
    isKey: booleanQualifier(element, 'Key'),
  };
}

/** DSP0004 §5.6.3.34: an override keeps the type; a reference may narrow to a subclass. @throws SchemaError */
function checkSameType(type: CimType, inherited: CimType, place: SchemaError['place'], schema: Schema): void {
  const sameShape = type.name === inherited.name && (type.array === undefined) === (inherited.array === undefined);
  if (sameShape && type.name !== 'reference') return;
  const narrowed =
    (sameShape && schema.isA(type.referenceClass ?? '', inherited.referenceClass ?? '')) ||
    type.referenceClass?.toLowerCase() === inherited.referenceClass?.toLowerCase();
  if (sameShape && narrowed) return;
  throw new SchemaError(place, `type ${describeType(type)} does not override ${describeType(inherited)}`);
}

function resolveMethods(
  declaration: ClassDeclaration,
  superclass: CimClass | undefined,
  schema: Schema,
): NameMap<CimMethod> {
  const methods = new NameMap<CimMethod>();
  for (const [name, inherited] of superclass?.methods ?? []) {
    methods.set(name, inherited.propagated ? inherited : { ...inherited, propagated: true });
  }
  const seen = new NameMap<true>();
  for (const method of declaration.methods) {
    const place = { className: declaration.name, method: method.name };
    if (seen.has(method.name)) throw new SchemaError(place, `method ${method.name} is declared twice`);
    seen.set(method.name, true);
    methods.set(method.name, resolveMethod(method, methods.get(method.name), place, schema));
  }
  return methods;
}

function resolveMethod(
  declaration: MethodDeclaration,
  inherited: CimMethod | undefined,
  place: { readonly className: string; readonly method: string },
  schema: Schema,
): CimMethod {
  const qualifiers = resolveQualifiers(declaration.qualifiers, inherited?.qualifiers, ['method'], place, schema);
  const returnType = describeElementType(declaration.returnType, qualifiers, place);
  if (inherited) checkSameType(returnType, inherited.returnType, place, schema);
  const parameters = new NameMap<CimParameter>();
  for (const parameter of declaration.parameters) {
    const at = { ...place, parameter: parameter.name };
    if (parameters.has(parameter.name)) throw new SchemaError(at, `parameter ${parameter.name} is declared twice`);
    parameters.set(parameter.name, resolveParameter(parameter, inherited?.parameters.get(parameter.name), at, schema));
  }
  if (inherited) checkSameSignature(parameters, inherited, place, schema);
  const element = { name: inherited?.name ?? internedName(declaration.name), qualifiers };
  const withDefault = [...parameters.values()].filter((parameter) => parameter.defaultValue !== undefined);
  return {
    ...element,
    returnType,
    parameters,
    classOrigin: inherited?.classOrigin ?? place.className,
    propagated: false,
    isStatic: booleanQualifier(element, 'Static'),
    ...(withDefault.length > 0 && { withDefault }),
  };
}

/** An override has the parameters of the method it overrides, and callers of either may rely on their types. */
function checkSameSignature(
  parameters: NameMap<CimParameter>,
  inherited: CimMethod,
  place: { readonly className: string; readonly method: string },
  schema: Schema,
): void {
  for (const { name, type } of inherited.parameters.values()) {
    const parameter = parameters.get(name);
    if (!parameter) throw new SchemaError(place, `parameter ${name} of the overridden ${inherited.name} is missing`);
    checkSameType(parameter.type, type, { ...place, parameter: name }, schema);
  }
  for (const { name } of parameters.values()) {
    if (inherited.parameters.has(name)) continue;
    const at = { ...place, parameter: name };
    throw new SchemaError(at, `the overridden ${inherited.name} has no parameter ${name}`);
  }
}

function resolveParameter(
  declaration: ParameterDeclaration,
  inherited: CimParameter | undefined,
  place: SchemaError['place'],
  schema: Schema,
): CimParameter {
  const qualifiers = resolveQualifiers(declaration.qualifiers, inherited?.qualifiers, ['parameter'], place, schema);
  const element = { name: internedName(declaration.name), qualifiers };
  const { defaultValue } = declaration;
  return {
    ...element,
    type: describeElementType(declaration.type, qualifiers, place),
    isIn: qualifiers.get('In')?.value !== false,
    isOut: booleanQualifier(element, 'Out'),
    isRequired: booleanQualifier(element, 'Required'),
    ...(defaultValue !== undefined && { defaultValue }),
  };
}

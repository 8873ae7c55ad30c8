import { plainType } from '../model/cim-type.js';
import { sameName } from '../model/name-map.js';
import type { ClassDeclaration, QualifierScope, QualifierTypeDeclaration } from './class-declaration.js';
import type { Schema } from './schema.js';

/** The class whose instances are the namespaces directly below the one that they are in (MS-WMI 2.2.6). */
export const NAMESPACE_CLASS = '__NAMESPACE';

/** The class of whose single instance each namespace is asked who may do what in it. */
export const SECURITY_CLASS = '__SystemSecurity';

/** Whether instances of a class come with the namespaces, and with nothing else. */
export function isOfNamespaces(className: string): boolean {
  return sameName(className, NAMESPACE_CLASS) || sameName(className, SECURITY_CLASS);
}

const SYSTEM_CLASS = '__SystemClass';

const declarations: readonly ClassDeclaration[] = [
  {
    name: SYSTEM_CLASS,
    superclassName: undefined,
    qualifiers: [{ name: 'Abstract', value: true, flavor: {} }],
    properties: [],
    methods: [],
  },
  {
    name: NAMESPACE_CLASS,
    superclassName: SYSTEM_CLASS,
    qualifiers: [],
    properties: [
      {
        name: 'Name',
        type: plainType('string'),
        defaultValue: undefined,
        qualifiers: [{ name: 'Key', value: true, flavor: {} }],
      },
    ],
    methods: [],
  },
];

const qualifierTypes: readonly QualifierTypeDeclaration[] = [
  qualifierType('Abstract', ['class', 'association', 'indication'], { overridable: true, toSubclass: false }),
  qualifierType('Key', ['property', 'reference'], { overridable: false, toSubclass: true }),
];

function qualifierType(
  name: string,
  scopes: readonly QualifierScope[],
  flavor: Omit<QualifierTypeDeclaration['flavor'], 'translatable'>,
): QualifierTypeDeclaration {
  return {
    name,
    type: plainType('boolean'),
    defaultValue: false,
    scopes: new Set(scopes),
    flavor: { ...flavor, translatable: false },
  };
}

/** Of each schema the one with the class: both of them may serve several endpoints, and neither changes any more. */
const completed = { listed: new WeakMap<Schema, Schema>(), unlisted: new WeakMap<Schema, Schema>() };

/**
 * A schema with the class, and the superclass and qualifiers that it needs, unless they are declared; the same one each time.
 *
 * @param isListed false: they are found by their names only, as in a namespace that has none below it
 */
export function withNamespaceClass(schema: Schema, isListed: boolean): Schema {
  // What lies beneath a schema is what every namespace of Windows has.
  if (schema.base !== undefined || schema.getDeclaration(NAMESPACE_CLASS)) return schema;
  const known = completed[isListed ? 'listed' : 'unlisted'];
  let whole = known.get(schema);
  if (whole === undefined) {
    whole = schema.copy();
    addNamespaceClass(whole, isListed);
    known.set(schema, whole);
  }
  return whole;
}

function addNamespaceClass(schema: Schema, isListed: boolean): void {
  for (const type of qualifierTypes) if (!schema.getQualifierType(type.name)) schema.addQualifierType(type);
  for (const declaration of declarations) {
    if (schema.getDeclaration(declaration.name)) continue;
    if (isListed) schema.addClass(declaration);
    else schema.addUnlistedClass(declaration);
  }
}

import type { AssociationFilter } from '../cim/contracts/cim-operation.js';
import type { CimClass } from '../cim/model/cim-class.js';
import { CimError } from '../cim/model/cim-error.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import { nameUnnamedKey } from '../cim/model/unnamed-key.js';
import type { Schema } from '../cim/schema/schema.js';
import type { AssociationStatement } from './ast/association-statement.js';
import { typeObjectPath } from './object-path.js';
import { invalidQuery } from './query-error.js';

/** A query along associations, ready for the broker's operation of the same name. */
export interface BoundAssociationQuery {
  readonly kind: 'Associators' | 'References';
  /** The object in the middle, with typed keys. Without keys it is a class: only with `schemaOnly`. */
  readonly path: InstancePath;
  /** Of References, the result class is the class of the associations. */
  readonly filter: AssociationFilter;
  /** Only the keys of what is found are wanted. */
  readonly keysOnly: boolean;
  /** The classes of what is found are wanted, each once, not the instances. */
  readonly classDefsOnly: boolean;
  /** The query is about declarations: which classes are associated with the class of the path. */
  readonly schemaOnly: boolean;
  /** RequiredQualifier: whether objects of the class are wanted. */
  acceptsResult(className: string): boolean;
}

/**
 * Checks `ASSOCIATORS OF` and `REFERENCES OF` against the classes of a namespace.
 *
 * @throws CimError InvalidClass for unknown classes, but for the class of what is associated, which whoever finds that knows; InvalidQuery
 *   for wrong keys, or a class to follow that is no association
 */
export function bindAssociationQuery(statement: AssociationStatement, schema: Schema): BoundAssociationQuery {
  const { kind, values, flags, at } = statement;
  const path = typeObjectPath(statement.path, schema);
  const schemaOnly = flags.includes('SchemaOnly');
  checkKeys(path, schemaOnly, at, schema.getClass(path.className));
  const resultClass = resultClassOf(statement, schema);
  const associationClass = kind === 'References' ? resultClass : nameOf(values.AssocClass, schema);
  checkAssociation(associationClass, schema);
  return {
    kind,
    path,
    filter: {
      associationClass,
      resultClass: kind === 'References' ? undefined : resultClass,
      role: values.Role,
      resultRole: values.ResultRole,
      associationQualifier: values.RequiredAssocQualifier,
    },
    keysOnly: flags.includes('KeysOnly'),
    classDefsOnly: flags.includes('ClassDefsOnly'),
    schemaOnly,
    acceptsResult: requireQualifier(values.RequiredQualifier, schema),
  };
}

/** What is associated may lie in another namespace, with classes of its own. */
function resultClassOf({ kind, values, flags }: AssociationStatement, schema: Schema): string | undefined {
  const { ResultClass: given } = values;
  const mayBeElsewhere = kind === 'Associators' && !flags.includes('SchemaOnly');
  if (mayBeElsewhere && given !== undefined && !schema.findClass(given)) return given;
  return nameOf(given, schema);
}

function nameOf(className: string | undefined, schema: Schema): string | undefined {
  return className === undefined ? undefined : schema.getClass(className).name;
}

function checkAssociation(className: string | undefined, schema: Schema): void {
  if (className === undefined || schema.getClass(className).isAssociation) return;
  throw new CimError('InvalidQuery', `Invalid query: class ${className} is not an association.`);
}

function checkKeys(path: InstancePath, schemaOnly: boolean, at: number, { name: className, keys }: CimClass): void {
  const names = keys.map(({ name }) => name);
  if (path.isSingleton) {
    if (names.length === 0) return;
    throw invalidQuery(at, `'=@' is for a class without keys, and ${className} has ${names.join(', ')}`);
  }
  if (path.keys.size === 0) {
    if (schemaOnly) return;
    const object = names.length === 0 ? `its only object is ${className}=@` : 'an object has keys';
    throw invalidQuery(at, `${className} names a class; ${object}, and for a class SchemaOnly is needed`);
  }
  const named = nameUnnamedKey(path, names);
  if (typeof named === 'string') {
    const missing = names[0] === undefined ? '' : `the object path lacks key ${names[0]} of class ${className}: `;
    throw invalidQuery(at, missing + named);
  }
  const missing = names.find((name) => !path.keys.has(name));
  if (missing !== undefined) throw invalidQuery(at, `the object path lacks key ${missing} of class ${className}`);
  if (path.keys.size === names.length) return;
  throw invalidQuery(at, `an object of class ${className} has ${names.length} keys (${names.join(', ')})`);
}

/** A qualifier counts as present when it is in force and not FALSE. */
function requireQualifier(qualifier: string | undefined, schema: Schema): (className: string) => boolean {
  if (qualifier === undefined) return () => true;
  return (className) => {
    const found = schema.findClass(className)?.qualifiers.get(qualifier);
    return found !== undefined && found.value !== false;
  };
}

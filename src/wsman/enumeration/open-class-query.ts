import type { SelectClassesStatement } from '../../query/ast/select-classes-statement.js';
import { bindClassQuery } from '../../query/bind-class-query.js';
import type { EnumerationState } from './enumeration-state.js';
import { classesState, type Opening, placeOf } from './opening.js';

/** The classes that `SELECT … FROM meta_class` finds. @throws CimError InvalidClass, InvalidQuery */
export async function openClassQuery(opening: Opening, statement: SelectClassesStatement): Promise<EnumerationState> {
  const { resource, broker } = opening.request;
  const { name: namespace, schema } = resource.space;
  const { within, matches } = bindClassQuery(statement, schema, placeOf(resource, opening.context));
  const found = await broker.enumerateClasses(namespace, { className: within, deep: true, inclusive: true });
  const names = (await opening.work.filter(found, matches)).map(({ name }) => name);
  return classesState(opening, within === undefined ? inOrderOfDeclaration(names, schema.declarations) : names);
}

/** Of a whole namespace clients have always been shown the classes as the MOF has them. */
function inOrderOfDeclaration(names: readonly string[], declarations: Iterable<{ readonly name: string }>) {
  const found = new Set(names);
  return Array.from(declarations, ({ name }) => name).filter((name) => found.has(name));
}

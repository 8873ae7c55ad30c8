import type { SelectClassesStatement } from '../../query/ast/select-classes-statement.js';
import { bindClassQuery } from '../../query/bind-class-query.js';
import type { EnumerationState } from './enumeration-state.js';
import { classesState, type Opening, placeOf } from './opening.js';

/** The classes that `SELECT … FROM meta_class` finds. @throws CimError InvalidClass, InvalidQuery */
export function openClassQuery(opening: Opening, statement: SelectClassesStatement): EnumerationState {
  const { resource } = opening.request;
  const { schema } = resource.namespace;
  const query = bindClassQuery(statement, schema, placeOf(resource, opening.context));
  const candidates = query.within === undefined ? schema.classes : schema.withSubclasses(query.within);
  return classesState(
    opening,
    [...candidates].filter((one) => query.matches(one)).map(({ name }) => name),
  );
}

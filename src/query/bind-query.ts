import type { CimClass } from '../cim/cim-class.js';
import type { CimInstance } from '../cim/cim-instance.js';
import type { CimKeyValue } from '../cim/instance-path.js';
import { NameMap } from '../cim/name-map.js';
import type { Schema } from '../cim/schema.js';
import type { SelectStatement } from './ast/select-statement.js';
import { bindExpression } from './bind-expression.js';
import { bindProjection } from './bind-projection.js';
import type { BoundQuery } from './bound-query.js';
import { findCommonFeatures } from './find-equalities.js';
import { instanceScope } from './instance-scope.js';
import type { QueryScope } from './query-scope.js';
import type { QueryPlace } from './system-property.js';
import { TRUE } from './truth.js';

/**
 * Checks a query for instances against the classes of a namespace and compiles its condition.
 *
 * @throws CimError InvalidClass for an unknown class; InvalidQuery for an unknown property, for a comparison of types
 *   that do not compare, for a malformed pattern
 */
export function bindQuery(statement: SelectStatement, schema: Schema, place: QueryPlace = {}): BoundQuery {
  const { className, alias, dialect, where } = statement;
  const cimClass = schema.getClass(className);
  const selfNames = dialect === 'CQL' ? [className, ...(alias === undefined ? [] : [alias])] : [];
  const needs = new NameMap<true>();
  const scope = instanceScope(cimClass, schema, selfNames, place);
  const projection = bindProjection(statement.projection, scope);
  const condition = where && bindExpression(where, { scope: noting(needs, scope), schema, dialect });
  const { classNames, equalities, references } = findCommonFeatures(where, ({ path }) => scope.resolve(path), schema);
  return {
    className: cimClass.name,
    projection,
    needs: [...needs.keys()],
    within: narrowest(cimClass, classNames, schema),
    equalities,
    references,
    keys: allKeys(cimClass, equalities),
    matches: condition ? (instance) => condition(instance) === TRUE : () => true,
  };
}

/** Writes down which properties are resolved. */
function noting(needs: NameMap<true>, scope: QueryScope<CimInstance>): QueryScope<CimInstance> {
  return {
    ...scope,
    resolve: (path) => {
      const resolved = scope.resolve(path);
      if (resolved.startsWith !== undefined) needs.set(resolved.startsWith, true);
      return resolved;
    },
  };
}

function narrowest(cimClass: CimClass, classNames: readonly string[], schema: Schema): string {
  return classNames.reduce(
    (within, name) => (schema.isA(name, within) ? schema.getClass(name).name : within),
    cimClass.name,
  );
}

function allKeys({ keys }: CimClass, equalities: NameMap<CimKeyValue>): NameMap<CimKeyValue> | undefined {
  const values = new NameMap<CimKeyValue>();
  for (const { name } of keys) {
    const value = equalities.get(name);
    if (value === undefined) return undefined;
    values.set(name, value);
  }
  return values.size > 0 ? values : undefined;
}

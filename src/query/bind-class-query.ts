import type { CimClass } from '../cim/model/cim-class.js';
import type { Schema } from '../cim/schema/schema.js';
import type { ExpressionNode } from './ast/expression-node.js';
import type { SelectClassesStatement } from './ast/select-classes-statement.js';
import { bindExpression } from './bind-expression.js';
import { bindProjection } from './bind-projection.js';
import { classScope } from './class-scope.js';
import type { QueryPlace } from './system-property.js';
import { TRUE } from './truth.js';

/** A query for class declarations, ready to run. */
export interface BoundClassQuery {
  /** System properties to return, as `__CLASS`; undefined for the whole declaration. */
  readonly projection: readonly string[] | undefined;
  /** A class that every match is or derives from; undefined when the whole namespace is to be searched. */
  readonly within: string | undefined;
  matches(cimClass: CimClass): boolean;
}

/**
 * Checks `SELECT … FROM meta_class` and compiles its condition, which may use system properties and `__this ISA`.
 *
 * @throws CimError InvalidQuery; InvalidClass for an unknown class behind ISA
 */
export function bindClassQuery(
  { projection, where }: SelectClassesStatement,
  schema: Schema,
  place: QueryPlace = {},
): BoundClassQuery {
  const scope = classScope(schema, place);
  const condition = where && bindExpression(where, { scope, schema, dialect: 'WQL' });
  return {
    projection: bindProjection(projection, scope),
    within: findAncestor(where, schema),
    matches: condition ? (cimClass) => condition(cimClass) === TRUE : () => true,
  };
}

function findAncestor(where: ExpressionNode | undefined, schema: Schema): string | undefined {
  const conditions = where?.kind === 'And' ? where.operands : where ? [where] : [];
  for (const node of conditions) if (node.kind === 'Isa' && !node.path) return schema.getClass(node.className).name;
  return undefined;
}

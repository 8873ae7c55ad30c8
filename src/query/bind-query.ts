import { atOnce } from '../cim/at-once.js';
import type { CimClass } from '../cim/model/cim-class.js';
import type { Schema } from '../cim/schema/schema.js';
import type { ComparisonNode } from './ast/comparison-node.js';
import type { SelectStatement } from './ast/select-statement.js';
import { bindExpressionInSteps } from './bind-expression.js';
import { bindProjection } from './bind-projection.js';
import type { BoundQuery } from './bound-query.js';
import { type Condition, decide, type Steps } from './condition.js';
import { findCommonFeatures } from './find-equalities.js';
import { instanceScope } from './instance-scope.js';
import type { QueryPlace } from './system-property.js';
import { TRUE } from './truth.js';

/**
 * Checks a query for instances against the classes of a namespace and compiles its condition.
 *
 * @throws CimError InvalidClass for an unknown class; InvalidQuery for an unknown property, for a comparison of types
 *   that do not compare, for a malformed pattern
 */
export function bindQuery(statement: SelectStatement, schema: Schema, place: QueryPlace = {}): BoundQuery {
  return atOnce(bindQueryInSteps(statement, schema, place));
}

/** The same in steps, each of which takes no longer than a few milliseconds. */
export function* bindQueryInSteps(
  statement: SelectStatement,
  schema: Schema,
  place: QueryPlace = {},
): Generator<void, BoundQuery, void> {
  const { className, alias, dialect, where } = statement;
  const cimClass = schema.getClass(className);
  const selfNames = dialect === 'CQL' ? [className, ...(alias === undefined ? [] : [alias])] : [];
  const scope = instanceScope(cimClass, schema, selfNames, place);
  const projection = bindProjection(statement.projection, scope);
  const condition = where && (yield* bindExpressionInSteps(where, { scope, schema, dialect, ...place }));
  const resolve = ({ path }: ComparisonNode) => scope.resolve(path);
  const { classNames, equalities } = findCommonFeatures(where, resolve, cimClass, schema);
  return {
    className: cimClass.name,
    projection,
    within: narrowest(cimClass, classNames, schema),
    equalities,
    matches: condition ? (instance) => condition(instance) === TRUE : () => true,
    judge: condition ? judgeBy(condition) : () => true,
  };
}

function narrowest(cimClass: CimClass, classNames: readonly string[], schema: Schema): string {
  return classNames.reduce(
    (within, name) => (schema.isA(name, within) ? schema.getClass(name).name : within),
    cimClass.name,
  );
}

function judgeBy<T>(condition: Condition<T>): (subject: T) => boolean | Generator<void, boolean, void> {
  return (subject) => {
    const truth = decide(condition, subject);
    return typeof truth === 'number' ? truth === TRUE : isTrue(truth);
  };
}

function* isTrue(steps: Steps): Generator<void, boolean, void> {
  return (yield* steps) === TRUE;
}

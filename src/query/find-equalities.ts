import { findTypeProblem } from '../cim/model/check-value.js';
import type { CimClass } from '../cim/model/cim-class.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import type { Schema } from '../cim/schema/schema.js';
import type { ComparisonNode } from './ast/comparison-node.js';
import type { ExpressionNode } from './ast/expression-node.js';
import type { ResolvedProperty } from './query-scope.js';
import { typedConstant } from './typed-constant.js';

/** What every object that meets a condition has in common; see {@link BoundQuery}. */
export interface CommonFeatures {
  readonly equalities: NameMap<CimKeyValue>;
  /** Classes that every match is an instance of. */
  readonly classNames: readonly string[];
}

/** Collects the equalities and ISAs that are joined by AND, at any depth of parentheses. */
export function findCommonFeatures<T>(
  where: ExpressionNode | undefined,
  resolve: (node: ComparisonNode) => ResolvedProperty<T>,
  cimClass: CimClass,
  schema: Schema,
): CommonFeatures {
  const equalities = new NameMap<CimKeyValue>();
  const classNames: string[] = [];
  // The first of two equalities is as good as the second: when they differ, nothing matches.
  const add = (name: string, value: CimKeyValue) => {
    if (!equalities.has(name)) equalities.set(name, value);
  };
  for (const node of conjuncts(where)) {
    if (node.kind === 'Isa' && !node.path) classNames.push(node.className);
    if (node.kind !== 'Comparison' || node.operator !== '=') continue;
    const resolved = resolve(node);
    const constant = resolved.type && typedConstant(node.literal, resolved.type, schema);
    if (constant === undefined) continue;
    if (resolved.name === '__CLASS' && !resolved.property && typeof constant === 'string') classNames.push(constant);
    for (const [name, value] of equalitiesOf(resolved, constant, cimClass)) add(name, value);
  }
  return { equalities, classNames };
}

/** What an instance has in its properties, when what `resolved` names is `constant`. */
function equalitiesOf<T>(
  resolved: ResolvedProperty<T>,
  constant: CimKeyValue,
  cimClass: CimClass,
): readonly (readonly [name: string, value: CimKeyValue])[] {
  const { property, name } = resolved;
  if (property) return isLookUpValue(constant, resolved) ? [[property.name, constant]] : [];
  // Only __PATH and __RELPATH are references without being properties.
  if (!(constant instanceof InstancePath) || !isPathProperty(name)) return [];
  // A path may name another class, with keys that this one lacks; then nothing matches.
  return [...constant.keys].filter(([key]) => cimClass.properties.has(key));
}

function conjuncts(node: ExpressionNode | undefined): readonly ExpressionNode[] {
  if (!node) return [];
  return node.kind === 'And' ? node.operands.flatMap(conjuncts) : [node];
}

function isLookUpValue<T>(constant: CimKeyValue, { type }: ResolvedProperty<T>): boolean {
  if (!type || type.name === 'real32' || type.name === 'real64' || type.name === 'datetime') return false;
  return findTypeProblem(constant, type) === undefined;
}

function isPathProperty(name: string): boolean {
  return sameName(name, '__PATH') || sameName(name, '__RELPATH');
}

import type { LongWork } from '../../cim/long-work.js';
import { NameMap } from '../../cim/model/name-map.js';
import { bindQueryInSteps } from '../../query/bind-query.js';
import { bindSelectorFilter } from '../../query/bind-selector-filter.js';
import type { BoundQuery } from '../../query/bound-query.js';
import { parseCqlInSteps } from '../../query/parse-cql.js';
import { parseWqlInSteps } from '../../query/parse-wql.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { OperationContext } from '../operation.js';
import type { CimResource } from '../resource.js';
import type { FilterText } from './enumeration-state.js';
import { placeOf } from './opening.js';

const made = new WeakMap<FilterText, BoundQuery>();

/** Whoever goes on with the filter in the same request needs not make its query anew. */
export function keepFilter(filter: FilterText, query: BoundQuery): void {
  made.set(filter, query);
}

/** Makes the query of a filter that was stored as text, in slices when it is long. @throws CimError InvalidQuery, InvalidClass */
export function makeFilter(
  filter: FilterText,
  resource: CimResource,
  context: OperationContext,
  work: LongWork,
): BoundQuery | Promise<BoundQuery> {
  return made.get(filter) ?? work.finish(makeInSteps(filter, resource, context));
}

function* makeInSteps(
  filter: FilterText,
  resource: CimResource,
  context: OperationContext,
): Generator<void, BoundQuery, void> {
  const { schema } = resource.space;
  const place = placeOf(resource, context);
  if (filter.kind === 'selectors') return bindSelectorFilter(new NameMap(filter.selectors), filter.className, schema);
  if (filter.kind === 'cql') return yield* bindQueryInSteps(yield* parseCqlInSteps(filter.text), schema, place);
  const statement = yield* parseWqlInSteps(filter.text);
  if (statement.kind !== 'Select') throw new WsmanFault('CannotProcessFilter');
  return yield* bindQueryInSteps(statement, schema, place);
}

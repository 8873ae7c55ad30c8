import type { InstancePage, PageOptions, ReferencingFilter } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { comparisonKey } from '../../cim/model/comparison-key.js';
import { type CimKeyValue, InstancePath, normalizeNamespace } from '../../cim/model/instance-path.js';
import { foldName } from '../../cim/model/name-map.js';
import { findReferring } from '../parts/find-referring.js';
import { readPage } from '../parts/read-page.js';
import type { DurableView } from './durable-view.js';
import type { Found } from './look-ups.js';

// What an InstanceReader is asked, answered from a view: of no use when the view lacks something then.

const foldNamespace = (namespace: string) => foldName(normalizeNamespace(namespace));

export function answerKeys(view: DurableView, namespace: string, keys: string): readonly CimInstance[] {
  return view.list({ kind: 'keys', namespace: foldNamespace(namespace), keys })?.instances ?? [];
}

export function answerCounts(view: DurableView, namespace: string, classNames: readonly string[]): readonly number[] {
  const space = foldNamespace(namespace);
  return classNames.map((name) => view.count(space, foldName(name)));
}

export function answerReferencing(
  view: DurableView,
  path: InstancePath,
  { classNames, role }: ReferencingFilter = {},
): readonly CimInstance[] {
  const found = view.list({
    kind: 'referencing',
    target: path.canonical,
    classNames: classNames?.map(foldName),
    role: role === undefined ? undefined : foldName(role),
  });
  return found?.instances ?? [];
}

/** Rows that are read at once for a page of several classes, besides those that it has room for. */
const SPARE_ROWS = 1000;

/**
 * Whatever the room that is left, the same is asked of a class: the whole limit. While it is not known how much the first classes have,
 * those behind them are asked for together with them, up to a number of rows; beyond that only whether they have any.
 */
export function answerPage(
  view: DurableView,
  namespace: string,
  classNames: readonly string[],
  options: PageOptions,
): InstancePage {
  const space = foldNamespace(namespace);
  const { limit } = options;
  const read = (className: string, after: number, last: number, room: number, count?: number) => {
    const found = view.page({ kind: 'page', namespace: space, className, after, last, limit }, room, count === 0);
    return { items: found.instances, next: found.more ? (found.sequences.at(-1) ?? after) : undefined };
  };
  if (classNames.length === 1) {
    return readPage(classNames, options, (name, after, last, room) => read(foldName(name), after, last, room));
  }
  let [sure, asked] = [0, 0];
  return readPage(classNames, options, (name, after, last, room) => {
    const className = foldName(name);
    const count = view.knownCount(space, className);
    const isFilled = asked > 0 && sure >= room;
    if (count === undefined && !isFilled) view.want({ kind: 'count', namespace: space, className });
    if (isFilled || asked >= limit + SPARE_ROWS) return { items: [], next: undefined };
    const known = view.missing.length;
    const page = read(className, after, last, room, count);
    if (view.missing.length === known) return page;
    asked += Math.min(count ?? limit, limit);
    if (after === 0) sure += Math.min(count ?? 0, limit);
    return page;
  });
}

/** All of a class at once. */
export function answerScan(view: DurableView, namespace: string, className: string): Found {
  return view.page({
    ...{ kind: 'page', namespace: foldNamespace(namespace), className: foldName(className) },
    ...{ after: 0, last: Number.MAX_SAFE_INTEGER, limit: Number.MAX_SAFE_INTEGER },
  });
}

export function answerEqual(
  view: DurableView,
  namespace: string,
  classNames: readonly string[],
  property: string,
  value: CimKeyValue,
): readonly CimInstance[] | undefined {
  if (value instanceof InstancePath) {
    const referencing = (target: InstancePath, filter: ReferencingFilter) => answerReferencing(view, target, filter);
    return findReferring(referencing, namespace, classNames, property, value);
  }
  const key = comparisonKey(value);
  if (key === undefined || key === null) return classNames.length === 0 ? [] : undefined;
  const space = foldNamespace(namespace);
  const lists: (readonly CimInstance[])[] = [];
  let isUnkeyed = false;
  for (const name of classNames) {
    const read = {
      kind: 'equal',
      namespace: space,
      className: foldName(name),
      property: foldName(property),
      key,
    } as const;
    const found = view.list(read);
    if (!found) isUnkeyed = true;
    else if (found.instances.length > 0) lists.push(found.instances);
  }
  if (isUnkeyed) return undefined;
  return lists.length === 1 ? lists[0] : lists.flat();
}

import type { InstancePage, PageOptions, ReferencingFilter } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { comparisonKey } from '../../cim/model/comparison-key.js';
import { type CimKeyValue, InstancePath, normalizeNamespace, sameNamespace } from '../../cim/model/instance-path.js';
import { foldName } from '../../cim/model/name-map.js';
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

export function answerPage(
  view: DurableView,
  namespace: string,
  classNames: readonly string[],
  options: PageOptions,
): InstancePage {
  const space = foldNamespace(namespace);
  return readPage(classNames, options, (className, after, last, limit) => {
    const found = view.page({ kind: 'page', namespace: space, className: foldName(className), after, last, limit });
    return { items: found.instances, next: found.more ? (found.sequences.at(-1) ?? after) : undefined };
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
  if (value instanceof InstancePath) return answerReferring(view, namespace, classNames, property, value);
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

/** A reference in an array is no value of the property, and a holder may live in another namespace. */
function answerReferring(
  view: DurableView,
  namespace: string,
  classNames: readonly string[],
  property: string,
  value: InstancePath,
): readonly CimInstance[] {
  const target = value.namespace === undefined ? value.inNamespace(namespace) : value;
  return answerReferencing(view, target, { classNames, role: property }).filter((holder) => {
    return holder.get(property) instanceof InstancePath && sameNamespace(holder.path?.namespace ?? '', namespace);
  });
}

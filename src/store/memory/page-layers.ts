import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { ExtentPage } from './extent.js';
import type { InstanceIndex } from './instance-index.js';
import type { ReadSet } from './read-set.js';

/** The committed instances under those that a transaction has written. */
export interface Layers {
  readonly committed: Pick<ReadSet, 'sequence' | 'page'>;
  readonly written: InstanceIndex | undefined;
  /** What stands in the place of a committed instance; undefined when it is deleted. */
  current(committed: CimInstance): CimInstance | undefined;
  /** False for a written instance that stands in the place of a committed one. */
  isNew(written: CimInstance): boolean;
}

/** Reads a page from one layer. */
type Read = (after: number, limit: number) => ExtentPage;

/**
 * A page of what a transaction sees. Its own new instances are numbered on from the committed ones, which nobody else
 * adds to while the transaction lasts.
 */
export function pageLayers(
  { committed, written, current, isNew }: Layers,
  namespace: string,
  className: string,
  after: number,
  last: number,
  limit: number,
): ExtentPage {
  const base = committed.sequence;
  const readCommitted: Read = (from, count) => committed.page(namespace, className, from, last, count);
  const readWritten: Read = (from, count) => {
    const page = written?.page(namespace, className, from - base, last - base, count);
    return { items: page?.items ?? [], next: page?.next === undefined ? undefined : page.next + base };
  };
  const lower = after < base ? fill(readCommitted, after, limit, current) : NOTHING;
  if (lower.next !== undefined) return lower;
  const more = limit - lower.items.length;
  // A page that is full goes on with the upper layer, where perhaps nothing is left.
  if (more === 0) return { items: lower.items, next: last > base ? base : undefined };
  const upper = fill(readWritten, Math.max(after, base), more, (instance) => (isNew(instance) ? instance : undefined));
  return { items: [...lower.items, ...upper.items], next: upper.next };
}

const NOTHING: ExtentPage = { items: [], next: undefined };

/** Reads on until the page is full, when some of what the layer holds is not to be seen. */
function fill(
  read: Read,
  after: number,
  limit: number,
  see: (instance: CimInstance) => CimInstance | undefined,
): ExtentPage {
  const items: CimInstance[] = [];
  let next: number | undefined = after;
  while (next !== undefined && items.length < limit) {
    const page: ExtentPage = read(next, limit - items.length);
    for (const instance of page.items) {
      const seen = see(instance);
      if (seen) items.push(seen);
    }
    next = page.next;
  }
  return { items, next };
}

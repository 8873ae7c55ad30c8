import type { InstancePage, PageOptions } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';

/** Instances of one class from a place on. */
interface ClassPage {
  readonly items: readonly CimInstance[];
  /** The number of the last item when more follow within the bound. */
  readonly next: number | undefined;
}

const MARK = /^(?:0|[1-9]\d{0,15})$/;
const POSITION = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,15})$/;

/**
 * Gives a page of instances of some classes, which are numbered in the order of their creation. Marks are such numbers;
 * positions are the place of a class in the list and such a number in it.
 *
 * @param read the instances of a class with numbers greater than `after` and not greater than `last`
 * @throws RangeError when a mark or position did not come from a store, or the limit is less than 1
 */
export function readPage(
  classNames: readonly string[],
  { asOf, after, limit }: PageOptions,
  read: (className: string, after: number, last: number, limit: number) => ClassPage,
): InstancePage {
  if (!(limit >= 1)) throw new RangeError('a page has at least one instance');
  if (!MARK.test(asOf)) throw new RangeError('not a mark of an instance store');
  let [place, from] = after === undefined ? [0, 0] : parsePosition(after);
  const instances: CimInstance[] = [];
  for (; place < classNames.length; place += 1) {
    const page = read(classNames[place] ?? '', from, Number(asOf), limit - instances.length);
    for (const instance of page.items) instances.push(instance);
    // With no room left a class is only asked whether it has any.
    if (page.next !== undefined) return { instances, next: `${place}.${page.next}` };
    from = 0;
  }
  return { instances, next: undefined };
}

function parsePosition(text: string): [place: number, from: number] {
  const [, place, from] = POSITION.exec(text) ?? [];
  if (place === undefined) throw new RangeError('not a position in an instance store');
  return [Number(place), Number(from)];
}

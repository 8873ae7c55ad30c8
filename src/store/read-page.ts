import type { InstancePage, PageOptions } from '../cim/instance-store.js';
import type { ExtentPage } from './extent.js';

const POSITION = /^(?:0|[1-9]\d{0,15})$/;

/**
 * Gives a page of instances that are numbered in the order of their creation. Marks and positions are such numbers.
 *
 * @param read the instances with numbers greater than `after` and not greater than `last`
 * @throws RangeError when a mark or position did not come from a store, or the limit is less than 1
 */
export function readPage(
  { asOf, after = '0', limit }: PageOptions,
  read: (after: number, last: number, limit: number) => ExtentPage,
): InstancePage {
  if (!(limit >= 1)) throw new RangeError('a page has at least one instance');
  const { items, next } = read(parsePosition(after), parsePosition(asOf), limit);
  return { instances: items, next: next?.toFixed() };
}

function parsePosition(text: string): number {
  if (!POSITION.test(text)) throw new RangeError('not a position in an instance store');
  return Number(text);
}

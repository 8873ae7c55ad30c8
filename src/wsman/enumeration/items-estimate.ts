import type { Broker } from '../../cim/broker.js';
import { ns } from '../../xml/namespaces.js';
import type { RequestHeader } from '../header/request-header.js';
import type { EnumerationState } from './enumeration-state.js';

/** How many items an enumeration that begins here has; undefined when nobody knows without reading them all. */
export async function estimateItems(
  { total, cursor, filter }: EnumerationState,
  broker: Broker,
): Promise<number | undefined> {
  if (total !== undefined) return total;
  return cursor && !filter ? broker.countInstances(cursor) : undefined;
}

/**
 * The header block that answers `w:RequestTotalItemsCountEstimate` (DSP0226 §8.2.2); undefined when the request has none.
 */
export function writeItemsEstimate(total: number | undefined, header: RequestHeader): string | undefined {
  if (!header.wantsItemsEstimate) return undefined;
  return total === undefined
    ? `<w:TotalItemsCountEstimate xmlns:xsi="${ns.xsi}" xsi:nil="true"/>`
    : `<w:TotalItemsCountEstimate>${total}</w:TotalItemsCountEstimate>`;
}

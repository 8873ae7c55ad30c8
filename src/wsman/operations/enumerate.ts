import { WsmanFault } from '../../soap/wsman-fault.js';
import { escapeText } from '../../xml/escape-xml.js';
import { openConfig } from '../config/open-config.js';
import { readEnumerateRequest } from '../enumeration/enumerate-request.js';
import { ownerOf, type StoredEnumeration, storeEnumeration } from '../enumeration/enumeration-contexts.js';
import type { EnumerationState } from '../enumeration/enumeration-state.js';
import { type Batch, fillBatch } from '../enumeration/fill-batch.js';
import { estimateItems, writeItemsEstimate } from '../enumeration/items-estimate.js';
import { openEnumeration } from '../enumeration/open-enumeration.js';
import { writeExpires } from '../enumeration/write-expires.js';
import type { Operation, OperationContext, OperationRequest } from '../operation.js';
import type { Resource } from '../resource.js';

/**
 * Enumerate (DSP0226 §8.2). With OptimizeEnumeration the answer holds the first items, all of them when they fit; then
 * there is no context, as with Windows an empty element stands in its place.
 */
export const enumerate: Operation<Resource> = async (request, context) => {
  const parsed = readEnumerateRequest(request.body);
  const { resource, header } = request;
  const { maxBatchItems, enumerationTimeoutMs } = context.settings.current;
  const begun =
    resource.kind === 'config'
      ? await openConfig(parsed, resource, header.selectors, context)
      : await openEnumeration(parsed, { ...request, resource }, context);
  const { expires } = parsed;
  // A client may ask for more time than enumerations are ever given; it is told what it got.
  const state: EnumerationState =
    expires === undefined ? begun : { ...begun, expires: Date.now() + Math.min(expires, enumerationTimeoutMs) };
  const maxElements = Math.min(parsed.maxElements, maxBatchItems);
  const batch = parsed.optimized ? await fillBatch(state, undefined, { maxElements }, request, context) : undefined;
  const rest = batch ? batch.rest : state;
  // A later Pull may ask for the number, but only here can it be had.
  const total = rest || header.wantsItemsEstimate ? await estimateItems(state, request.broker) : undefined;
  const stored = rest && (await open({ ...rest, total }, request, context));
  return { headers: writeItemsEstimate(total, header), body: response(stored, batch) };
};

/** @throws WsmanFault QuotaLimit when the user has too many enumerations open */
async function open(
  state: EnumerationState,
  { call }: OperationRequest<Resource>,
  { contexts, settings }: OperationContext,
): Promise<StoredEnumeration> {
  const { maxEnumerationsPerUser, enumerationTimeoutMs } = settings.current;
  if ((await contexts.count(ownerOf(call))) >= maxEnumerationsPerUser) {
    throw new WsmanFault(
      'QuotaLimit',
      `This user has ${maxEnumerationsPerUser} enumerations open, as many as are allowed. Pull them to their end or release them.`,
    );
  }
  return storeEnumeration(contexts, ownerOf(call), state, enumerationTimeoutMs);
}

function response(stored: StoredEnumeration | undefined, batch: Batch | undefined): string {
  const id = stored ? escapeText(stored.id) : '';
  const context = id === '' ? '<n:EnumerationContext/>' : `<n:EnumerationContext>${id}</n:EnumerationContext>`;
  const expires = stored?.state.expires === undefined ? '' : writeExpires(stored.state.expires);
  const items = batch ? `<w:Items>${batch.items}</w:Items>` : '';
  const end = stored ? '' : '<w:EndOfSequence/>';
  return `<n:EnumerateResponse>${expires}${context}${items}${end}</n:EnumerateResponse>`;
}

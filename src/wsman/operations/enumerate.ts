import { WsmanFault } from '../../soap/wsman-fault.js';
import { escapeText } from '../../xml/escape-xml.js';
import { openConfig } from '../config/open-config.js';
import { readEnumerateRequest } from '../enumeration/enumerate-request.js';
import { ownerOf, roomOf, storeEnumeration } from '../enumeration/enumeration-contexts.js';
import type { EnumerationState } from '../enumeration/enumeration-state.js';
import { fillBatch } from '../enumeration/fill-batch.js';
import type { Batch } from '../enumeration/growing-batch.js';
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
  // A client may ask for more time than enumerations are ever given; it is told what it got.
  const expires = parsed.expires && Math.min(parsed.expires, enumerationTimeoutMs);
  const state: EnumerationState = expires === undefined ? begun : { ...begun, hasFixedEnd: true };
  const maxElements = Math.min(parsed.maxElements, maxBatchItems);
  const batch = parsed.optimized ? await fillBatch(state, undefined, { maxElements }, request, context) : undefined;
  const rest = batch ? batch.rest : state;
  request.findings.items = batch?.count;
  // A later Pull may ask for the number, but only here can it be had.
  const total = rest || header.wantsItemsEstimate ? await estimateItems(state, request.broker) : undefined;
  const id = rest && (await open({ ...rest, total }, expires ?? enumerationTimeoutMs, request, context));
  return { headers: writeItemsEstimate(total, header), body: response(id, expires, batch) };
};

/**
 * Nobody would ever hear of a context that is opened once the operation is over, because its client has gone or its time is up:
 * none is left open then.
 *
 * @returns the identifier of the context
 * @throws what the operation was cancelled with; WsmanFault QuotaLimit when the user has too many enumerations open, or they take too
 *   much memory
 */
async function open(
  state: EnumerationState,
  lifetime: number,
  { call }: OperationRequest<Resource>,
  { contexts, settings }: OperationContext,
): Promise<string> {
  const { maxEnumerationsPerUser: atMost } = settings.current;
  call.cancellation.throwIfAborted();
  const id = await storeEnumeration(contexts, ownerOf(call), state, {
    lifetime,
    atMost,
    room: roomOf(settings.current),
  });
  if (id !== undefined) return id;
  throw new WsmanFault(
    'QuotaLimit',
    `This user has ${atMost} enumerations open, as many as are allowed. Pull them to their end or release them.`,
  );
}

function response(id: string | undefined, expires: number | undefined, batch: Batch | undefined): string {
  const context = id ? `<n:EnumerationContext>${escapeText(id)}</n:EnumerationContext>` : '<n:EnumerationContext/>';
  const end = id ? '' : '<w:EndOfSequence/>';
  // An enumeration that has ended with its first answer is not kept.
  const granted = id && expires !== undefined ? writeExpires(expires) : '';
  const items = batch ? `<w:Items>${batch.items}</w:Items>` : '';
  return `<n:EnumerateResponse>${granted}${context}${items}${end}</n:EnumerateResponse>`;
}

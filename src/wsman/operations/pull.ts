import { WsmanFault } from '../../soap/wsman-fault.js';
import { escapeText } from '../../xml/escape-xml.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { readCount } from '../enumeration/enumerate-request.js';
import { advanceEnumeration, loadEnumeration, ownerOf, roomOf } from '../enumeration/enumeration-contexts.js';
import type { EnumerationState } from '../enumeration/enumeration-state.js';
import { fillBatch } from '../enumeration/fill-batch.js';
import type { Batch, BatchLimits } from '../enumeration/growing-batch.js';
import { writeItemsEstimate } from '../enumeration/items-estimate.js';
import { readContextId } from '../enumeration/read-context-id.js';
import { parseDuration } from '../header/duration.js';
import type { Operation, OperationContext, OperationRequest } from '../operation.js';
import type { Resource } from '../resource.js';

/**
 * Pull (DSP0226 §8.4): the next items of an enumeration, no more than the client asks for and its envelopes hold.
 *
 * @throws WsmanFault MaxEnvelopeSizeExceeded for an item that these never hold, which is passed over
 */
export const pull: Operation<Resource> = async (request, context) => {
  const [body] = request.body.children;
  const id = readContextId(body, 'Pull');
  const limits = readLimits(body, context.settings.current.maxBatchItems);
  const { items, count, rest, total } = await takeBatch(id, limits, request, context);
  request.findings.items = count;
  const next = rest ? `<n:EnumerationContext>${escapeText(id)}</n:EnumerationContext>` : '';
  const end = rest ? '' : '<n:EndOfSequence/>';
  const headers = writeItemsEstimate(total, request.header);
  return { headers, body: `<n:PullResponse>${next}<n:Items>${items}</n:Items>${end}</n:PullResponse>` };
};

/**
 * Of two Pulls at the same time each gets items of its own: who comes second reads again, from where the first has left
 * the enumeration. Every round that is in vain was another's success.
 */
async function takeBatch(
  id: string,
  limits: BatchLimits,
  request: OperationRequest<Resource>,
  context: OperationContext,
): Promise<Batch & Pick<EnumerationState, 'total'>> {
  const { contexts, settings } = context;
  for (;;) {
    request.call.cancellation.throwIfAborted();
    const stored = await loadEnumeration(contexts, ownerOf(request.call), id);
    checkNamespace(stored.state, request.resource);
    const batch = await fillBatch(stored.state, id, limits, request, context);
    // What nobody waits for any more is left to the next Pull.
    request.call.cancellation.throwIfAborted();
    const { current } = settings;
    const isOurs = await advanceEnumeration(
      contexts,
      stored,
      batch.rest,
      current.enumerationTimeoutMs,
      roomOf(current),
    );
    if (!isOurs) continue;
    if (batch.passedOver) throw batch.passedOver;
    return { ...batch, total: stored.state.total };
  }
}

/** A context belongs to the resource it came from: DSP0226 §8.4 has the Pull name the same one. */
function checkNamespace({ namespace }: EnumerationState, resource: Resource): void {
  const own = resource.kind === 'config' ? namespace : resource.space.name;
  if (own !== namespace) throw new WsmanFault('InvalidEnumerationContext', 'The context is of another namespace.');
}

function readLimits(body: XmlElement | undefined, maxBatchItems: number): BatchLimits {
  const text = (name: string) => body?.children.find(({ localName }) => localName === name)?.text.trim();
  const maxTime = text('MaxTime');
  const milliseconds = maxTime === undefined ? undefined : parseDuration(maxTime);
  if (maxTime !== undefined && (milliseconds === undefined || milliseconds <= 0)) {
    throw new WsmanFault('UnsupportedMaxTime', `MaxTime '${maxTime.slice(0, 40)}' is not a positive duration.`);
  }
  const characters = text('MaxCharacters');
  return {
    maxElements: Math.min(readCount('MaxElements', text('MaxElements')), maxBatchItems),
    maxCharacters: characters === undefined ? undefined : readCount('MaxCharacters', characters),
    deadline: milliseconds === undefined ? undefined : performance.now() + milliseconds,
  };
}

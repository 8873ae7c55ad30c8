import { escapeText } from '../../xml/escape-xml.js';
import { readEnumerateRequest } from '../enumeration/enumerate-request.js';
import { storeEnumeration } from '../enumeration/enumeration-contexts.js';
import type { EnumerationState } from '../enumeration/enumeration-state.js';
import { fillBatch } from '../enumeration/fill-batch.js';
import { openEnumeration } from '../enumeration/open-enumeration.js';
import type { Operation, OperationContext, OperationRequest } from '../operation.js';

/**
 * Enumerate (DSP0226 §8.2). With OptimizeEnumeration the answer holds the first items, all of them when they fit; then
 * there is no context, as with Windows an empty element stands in its place.
 */
export const enumerate: Operation = async (request, context) => {
  const parsed = readEnumerateRequest(request.body);
  const state = await openEnumeration(parsed, request, context);
  if (!parsed.optimized) return { body: response(await open(state, request, context), '') };
  const maxElements = Math.min(parsed.maxElements, context.maxBatchItems);
  const { items, rest } = await fillBatch(state, undefined, { maxElements }, request, context);
  const id = rest && (await open(rest, request, context));
  return { body: response(id, `<w:Items>${items}</w:Items>${id === undefined ? '<w:EndOfSequence/>' : ''}`) };
};

async function open(state: EnumerationState, { user }: OperationRequest, context: OperationContext): Promise<string> {
  const { id } = await storeEnumeration(context.contexts, user, state, context.enumerationTimeout);
  return id;
}

function response(id: string | undefined, items: string): string {
  const context =
    id === undefined ? '<n:EnumerationContext/>' : `<n:EnumerationContext>${escapeText(id)}</n:EnumerationContext>`;
  return `<n:EnumerateResponse>${context}${items}</n:EnumerateResponse>`;
}

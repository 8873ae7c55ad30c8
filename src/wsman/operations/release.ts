import { endEnumeration, loadEnumeration, ownerOf } from '../enumeration/enumeration-contexts.js';
import { readContextId } from '../enumeration/read-context-id.js';
import type { Operation } from '../operation.js';
import type { Resource } from '../resource.js';

/** Release (DSP0226 §8.5): ends an enumeration before its end. The answer is empty. */
export const release: Operation<Resource> = async ({ body, call }, { contexts }) => {
  const id = readContextId(body.children[0], 'Release');
  let isReleased = false;
  // A Pull may go on with it at the same time; then it is released from where that leaves it.
  while (!isReleased) {
    isReleased = await endEnumeration(contexts, await loadEnumeration(contexts, ownerOf(call), id));
  }
  return { body: '' };
};

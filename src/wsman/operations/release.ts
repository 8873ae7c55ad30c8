import { dropEnumeration, loadEnumeration } from '../enumeration/enumeration-contexts.js';
import { readContextId } from '../enumeration/read-context-id.js';
import type { Operation } from '../operation.js';
import type { Resource } from '../resource.js';

/** Release (DSP0226 §8.5): ends an enumeration before its end. The answer is empty. */
export const release: Operation<Resource> = async ({ body, user }, { contexts }) => {
  const id = readContextId(body.children[0], 'Release');
  await dropEnumeration(contexts, await loadEnumeration(contexts, user, id));
  return { body: '' };
};

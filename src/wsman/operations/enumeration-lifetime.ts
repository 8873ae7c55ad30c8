import { readExpires } from '../enumeration/enumerate-request.js';
import { loadEnumeration, ownerOf, renewEnumeration } from '../enumeration/enumeration-contexts.js';
import { readContextId } from '../enumeration/read-context-id.js';
import { writeExpires } from '../enumeration/write-expires.js';
import type { Operation } from '../operation.js';
import type { Resource } from '../resource.js';

/** GetStatus (WS-Enumeration §3.4): how long an enumeration will be kept. */
export const getStatus: Operation<Resource> = async ({ body, call }, { contexts }) => {
  const stored = await loadEnumeration(contexts, ownerOf(call), readContextId(body.children[0], 'GetStatus'));
  return { body: `<n:GetStatusResponse>${writeExpires(stored.remaining)}</n:GetStatusResponse>` };
};

/** Renew (WS-Enumeration §3.3): keeps an enumeration for another while, at most as long as the service keeps any. */
export const renew: Operation<Resource> = async ({ body, call }, { contexts, settings }) => {
  const [request] = body.children;
  const id = readContextId(request, 'Renew');
  const wanted = readExpires(request?.children.find(({ localName }) => localName === 'Expires')?.text.trim());
  const lifetime = Math.min(wanted ?? Number.POSITIVE_INFINITY, settings.current.enumerationTimeoutMs);
  let isRenewed = false;
  // A Pull may go on with it at the same time; then it is renewed from where that leaves it.
  while (!isRenewed) {
    isRenewed = await renewEnumeration(contexts, await loadEnumeration(contexts, ownerOf(call), id), lifetime);
  }
  return { body: `<n:RenewResponse>${writeExpires(lifetime)}</n:RenewResponse>` };
};

import { readExpires } from '../enumeration/enumerate-request.js';
import { loadEnumeration, renewEnumeration } from '../enumeration/enumeration-contexts.js';
import { readContextId } from '../enumeration/read-context-id.js';
import type { Operation } from '../operation.js';

/** GetStatus (WS-Enumeration §3.4): how long an enumeration will be kept. */
export const getStatus: Operation = async ({ body, user }, { contexts }) => {
  const stored = await loadEnumeration(contexts, user, readContextId(body.children[0], 'GetStatus'));
  return { body: `<n:GetStatusResponse>${expiresXml(stored.expires)}</n:GetStatusResponse>` };
};

/** Renew (WS-Enumeration §3.3): keeps an enumeration for another while, at most as long as the service keeps any. */
export const renew: Operation = async ({ body, user }, { contexts, enumerationTimeout }) => {
  const [request] = body.children;
  const stored = await loadEnumeration(contexts, user, readContextId(request, 'Renew'));
  const wanted = readExpires(request?.children.find(({ localName }) => localName === 'Expires')?.text.trim());
  const expires = Date.now() + Math.min(wanted ?? enumerationTimeout, enumerationTimeout);
  await renewEnumeration(contexts, user, stored, expires);
  return { body: `<n:RenewResponse>${expiresXml(expires)}</n:RenewResponse>` };
};

function expiresXml(expires: number): string {
  return `<n:Expires>PT${Math.max(0, (expires - Date.now()) / 1000).toFixed(3)}S</n:Expires>`;
}

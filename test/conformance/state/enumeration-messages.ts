import { expect } from 'vitest';
import { ENUMERATION, request, WMI } from '../../support/envelopes.js';
import { account } from './lab-client.js';

export const HARDWARE_CLASS = 'MSISCSITARGET_StorageHardwareID';

/** Sends a message about hardware ids as no client does that stays with one server. */
async function send(url: string, action: 'Enumerate' | 'Pull', body: string): Promise<string> {
  const text = request({
    ...{ resourceUri: WMI + HARDWARE_CLASS, action: `${ENUMERATION}/${action}`, selectors: {} },
    body: `<n:${action} xmlns:n="${ENUMERATION}">${body}</n:${action}>`,
  });
  const authorization = `Basic ${Buffer.from(`${account.name}:${account.password}`).toString('base64')}`;
  const headers = { 'Content-Type': 'application/soap+xml;charset=UTF-8', Authorization: authorization };
  const response = await fetch(url, { method: 'POST', headers, body: text });
  const answer = await response.text();
  expect(response.status, answer).toBe(200);
  return answer;
}

const contextIn = (text: string) => /<\w+:EnumerationContext[^>]*>([^<]+)</.exec(text)?.[1];

/** Begins an enumeration; each part of it can be asked of any server that has the state. */
export async function openEnumeration(url: string) {
  const seen: string[] = [];
  let context = contextIn(await send(url, 'Enumerate', ''));
  return {
    /** Ids, in the order in which they came. */
    seen: seen as readonly string[],
    isOver: () => context === undefined,
    async pull(from: string, count: number): Promise<void> {
      const body = `<n:EnumerationContext>${context}</n:EnumerationContext><n:MaxElements>${count}</n:MaxElements>`;
      const answer = await send(from, 'Pull', body);
      for (const [, id = ''] of answer.matchAll(/<\w+:InstanceID>([^<]+)</g)) seen.push(id);
      context = contextIn(answer);
    },
  };
}

import { afterEach, expect, it } from 'vitest';
import type {
  AuthenticationTarget,
  ClientAuthentication,
} from '../../../src/client/transport/client-authentication.js';
import { createSignedInTransport } from '../../../src/client/transport/signed-in-transport.js';
import { startFakeServer } from '../fake-server.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A scheme of one leg that seals nothing, such as Kerberos with a server that does not want it to. */
const clear: ClientAuthentication = {
  scheme: 'Kerberos',
  start: () => Buffer.from('ticket'),
  step: () => undefined,
  finish: () => undefined,
};

async function postOver(allowClear: boolean) {
  const server = await startFakeServer({ headers: { 'www-authenticate': 'Kerberos YQ==' } });
  const options = { url: new URL(server.url), connections: 1, maxResponseSize: 1000, allowClear };
  const transport = createSignedInTransport(() => clear, options);
  opened.push(transport, server);
  const posted = transport.post(Buffer.from('body'), { headers: {}, timeoutMs: 1000 });
  return { posted, server };
}

it('a scheme of one leg signs in with its only token', async () => {
  const { posted, server } = await postOver(true);
  expect((await posted).scheme).toBe('Kerberos');
  expect(server.requests.map(({ headers, body }) => [headers.authorization, String(body)])).toEqual([
    ['Kerberos dGlja2V0', ''],
    [undefined, 'body'],
  ]);
});

it.each([
  [false, ''],
  [true, ':PORT'],
])('the service principal has the port in its name: %s', async (portInServicePrincipalName, suffix) => {
  const server = await startFakeServer({ headers: { 'www-authenticate': 'Kerberos YQ==' } });
  const url = new URL(server.url);
  const hosts: string[] = [];
  const start = ({ host }: AuthenticationTarget) => {
    hosts.push(host);
    return clear;
  };
  const options = { url, connections: 1, maxResponseSize: 1000, allowClear: true, portInServicePrincipalName };
  const transport = createSignedInTransport(start, options);
  opened.push(transport, server);
  await transport.post(Buffer.from('body'), { headers: {}, timeoutMs: 1000 });
  expect(hosts).toEqual([`127.0.0.1${suffix.replace('PORT', url.port)}`]);
});

it('a sign-in that brings no sealing sends nothing in clear over plain HTTP', async () => {
  const { posted, server } = await postOver(false);
  await expect(posted).rejects.toThrow('Kerberos brings no sealed messages: use https');
  expect(server.requests.map(({ body }) => String(body))).toEqual(['']);
});

import { afterEach, describe, expect, it } from 'vitest';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import type { ClientOptions } from '../../../src/client/client-options.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import type { EndpointOptions } from '../../../src/endpoint/options/endpoint-options.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';

const account = { name: 'lab', password: 'sécret:1' };
const system = parseInstancePath(
  'MSFTSM_ComputerSystem.CreationClassName="MSFTSM_ComputerSystem",Name="iscsi-a.lab.example"',
);

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function start(options: EndpointOptions = {}): Promise<Endpoint> {
  const endpoint = await startEndpoint({ users: [account], ...options });
  opened.push(endpoint);
  return endpoint;
}

function connect(url = '', options: Partial<ClientOptions> = {}): WsmanClient {
  const client = createClient({ url, user: account.name, password: account.password, ...options });
  opened.push(client);
  return client;
}

describe('the client and this endpoint sign in', () => {
  it.each(['negotiate', 'basic', 'auto'] as const)('over plain HTTP with %s', async (auth) => {
    const { http } = await start();
    expect((await connect(http?.url, { auth }).get(system)).get('ElementName')).toBe('iscsi-a');
  });

  it.each(['negotiate', 'basic', 'auto'] as const)('over HTTPS with %s', async (auth) => {
    const { https } = await start({ httpsPort: 0 });
    const tls = { fingerprint256: https?.fingerprints.sha256 ?? '' };
    expect((await connect(https?.url, { auth, tls }).get(system)).get('ElementName')).toBe('iscsi-a');
  });

  it.each([
    ['the fingerprint', undefined],
    ['no check of the certificate', { rejectUnauthorized: false }],
  ])('with the channel bindings that a strict endpoint wants, given %s', async (_what, options) => {
    const { https } = await start({ httpsPort: 0, authentication: { channelBinding: 'strict', basic: false } });
    const tls = options ?? { fingerprint256: https?.fingerprints.sha256 ?? '' };
    const client = connect(https?.url, { auth: 'negotiate', tls });
    // Several connections: none of them may have a resumed TLS session, which has no certificate.
    const systems = await Promise.all(Array.from({ length: 8 }, () => client.get(system)));
    expect(systems.map((one) => one.get('ElementName'))).toEqual(systems.map(() => 'iscsi-a'));
  });

  it('with Basic when the endpoint has nothing else', async () => {
    const { http } = await start({ authentication: { negotiate: false } });
    expect((await connect(http?.url).get(system)).get('ElementName')).toBe('iscsi-a');
  });

  it('with sealed UTF-16', async () => {
    const { http } = await start({ authentication: { basic: false } });
    expect((await connect(http?.url, { charset: 'utf-16' }).get(system)).get('ElementName')).toBe('iscsi-a');
  });

  it('and enumerate in sealed batches', async () => {
    const { http } = await start({ authentication: { basic: false } });
    const found: unknown[] = [];
    for await (const one of connect(http?.url).enumerate('CIM_Service', { maxElements: 1 })) found.push(one);
    expect(found.length).toBeGreaterThan(2);
  });

  it.each([
    ['negotiate', 'Negotiate'],
    ['basic', 'Basic'],
  ] as const)('not at all with a wrong password by %s', async (auth, scheme) => {
    const { http } = await start();
    await expect(connect(http?.url, { auth, password: 'wrong' }).identify()).rejects.toMatchObject({
      failure: 'unauthorized',
      message: expect.stringContaining(`sent by ${scheme}`),
    });
  });

  it('again after a restart of the endpoint on the same port', async () => {
    const first = await startEndpoint({ users: [account] });
    const client = connect(first.http?.url);
    await client.get(system);
    await first.close();
    await start({ port: first.http?.port ?? 0 });
    expect((await client.get(system)).get('ElementName')).toBe('iscsi-a');
  });
});

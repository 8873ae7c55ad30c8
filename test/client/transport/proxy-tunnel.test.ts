import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClientOptions } from '../../../src/client/client-options.js';
import { createClient } from '../../../src/client/create-client.js';
import { windowsAnswer } from '../answers.js';
import { startConnectProxy } from '../connect-proxy.js';
import { startFakeServer } from '../fake-server.js';
import { startNegotiatingServer } from '../negotiating-server.js';
import { makeSelfSignedCertificate } from '../self-signed-certificate.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const answer = { body: windowsAnswer('<p:ReturnValue>0</p:ReturnValue>') };

function opening<T extends { close(): Promise<void> }>(one: T): T {
  opened.unshift(one);
  return one;
}

const call = (options: ClientOptions) => opening(createClient(options)).invoke('CIM_X', 'Do');

describe('a client behind a proxy', () => {
  it('reaches an endpoint on plain HTTP through a tunnel, without credentials where it has none', async () => {
    const proxy = opening(await startConnectProxy());
    const server = opening(await startFakeServer(answer));
    expect((await call({ url: server.url, proxy: { url: proxy.url } })).returnValue).toBe(0);
    expect(proxy.tunnels).toEqual([{ authority: new URL(server.url).host, authorization: undefined }]);
  });

  it('does TLS with the endpoint itself, whose certificate it checks', async () => {
    const proxy = opening(await startConnectProxy());
    const { fingerprint256, ...certificate } = await makeSelfSignedCertificate();
    const server = opening(await startFakeServer(answer, certificate));
    const options = { url: server.url, proxy: { url: proxy.url } };
    expect((await call({ ...options, tls: { fingerprint256 } })).returnValue).toBe(0);
    await expect(call(options)).rejects.toMatchObject({ failure: 'tls' });
  });

  it('signs in over one tunnel and stays on it', async () => {
    const proxy = opening(await startConnectProxy());
    const server = opening(await startNegotiatingServer((message) => message.answer(answer.body)));
    const account = { user: 'alice', password: 'secret', auth: 'negotiate' } as const;
    const client = opening(createClient({ url: server.url, proxy: { url: proxy.url }, ...account }));
    for (let n = 0; n < 3; n++) await client.invoke('CIM_X', 'Do');
    expect([proxy.tunnels.length, server.seen.connections, server.seen.signIns]).toEqual([1, 1, 1]);
  });

  it('gives the proxy its Basic credentials, and the endpoint none of them', async () => {
    const proxy = opening(await startConnectProxy('pia:a:b'));
    const server = opening(await startFakeServer(answer));
    await call({ url: server.url, proxy: { url: proxy.url, user: 'pia', password: 'a:b' } });
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('says that the proxy wants other credentials', async () => {
    const proxy = opening(await startConnectProxy('pia:secret'));
    const failed = call({ url: 'http://127.0.0.1:9/wsman', proxy: { url: proxy.url, user: 'pia', password: 'x' } });
    await expect(failed).rejects.toMatchObject({
      failure: 'proxy',
      status: 407,
      message: expect.stringMatching(/the proxy refuses the connection with HTTP 407: it asks for a user name/),
    });
  });

  it('says that no proxy listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const failed = call({ url: 'http://127.0.0.1:9/wsman', proxy: { url: `http://127.0.0.1:${port}` } });
    await expect(failed).rejects.toMatchObject({
      failure: 'proxy',
      message: expect.stringContaining(`the proxy http://127.0.0.1:${port}: nothing listens there`),
    });
  });
});

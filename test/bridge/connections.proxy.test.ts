import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectProxy, startConnectProxy } from '../client/connect-proxy.js';
import { type BridgeChild, startBridgeChild } from './bridge-child.js';
import { type BridgeLab, startBridgeLab, targetOf } from './bridge-lab.js';

let lab: BridgeLab;
let bridge: BridgeChild;
let proxy: ConnectProxy | undefined;

beforeAll(async () => {
  lab = await startBridgeLab();
  bridge = await startBridgeChild();
}, 60_000);

afterEach(async () => {
  await proxy?.close();
});

afterAll(async () => {
  await bridge?.end();
  await lab?.close();
});

/** What `identify` ends with over a proxy that wants these credentials, when the target has this `proxy`. */
async function identify(connection: string, wanted: string | undefined, given: Readonly<Record<string, unknown>>) {
  proxy = await startConnectProxy(wanted);
  const target = targetOf(lab, { proxy: { url: proxy.url, ...given } });
  expect(await bridge.call({ do: 'open', connection, target })).toMatchObject({ result: {} });
  return bridge.call({ do: 'identify', connection });
}

describe('a target behind a proxy', () => {
  it('is reached by CONNECT without credentials, sealed messages on one tunnel', async () => {
    expect(await identify('none', undefined, { authentication: 'none' })).toMatchObject({
      result: { productVendor: 'Cimulator' },
    });
    await bridge.call({ do: 'identify', connection: 'none' });
    expect(proxy?.tunnels).toEqual([{ authority: new URL(lab.url).host, authorization: undefined }]);
  });

  it('is reached with Basic', async () => {
    const account = { authentication: 'basic', user: 'pia', password: 'a:b' };
    expect(await identify('basic', 'pia:a:b', account)).toMatchObject({ result: { productVendor: 'Cimulator' } });
    const authorization = `Basic ${Buffer.from('pia:a:b').toString('base64')}`;
    expect(proxy?.tunnels).toEqual([{ authority: new URL(lab.url).host, authorization }]);
  });

  it('is not reached where the proxy wants another account, which is told without the one given', async () => {
    const end = await identify('wrong', 'pia:a:b', { authentication: 'basic', user: 'pia', password: 'S3cret-proxy' });
    expect(end.error).toMatchObject({ kind: 'transport', failure: 'proxy' });
    expect(JSON.stringify(end) + bridge.stderr()).not.toContain('S3cret-proxy');
  });
});

import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { describeError } from '../../src/bridge/describe-error.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { createClient } from '../../src/client/create-client.js';
import { windowsCimError, windowsFault, windowsProviderFault } from '../client/answers.js';
import { type FakeServer, startFakeServer } from '../client/fake-server.js';

let server: FakeServer | undefined;
afterEach(() => server?.close());

const path = new InstancePath({ className: 'CIM_X', keys: { Id: '1' } });

/** What a parent is told of a Get that fails so. */
async function toldOf(url: string, options: object = {}) {
  const client = createClient({ url, values: 'text', ...options });
  const error: unknown = await client.get(path, { operationTimeoutMs: 300 }).catch((error: unknown) => error);
  await client.close();
  return describeError(error);
}

async function toldOfFault(detail: string, headers: Readonly<Record<string, string>> = {}) {
  server = await startFakeServer({ status: 500, headers, body: windowsFault('Sender', 'x:NotFound', 'no.', detail) });
  return toldOf(server.url);
}

describe('what a parent is told of', () => {
  it('a CIM error: its status, and the whole instance in its types', async () => {
    expect(await toldOfFault(windowsCimError)).toEqual({
      kind: 'cim',
      message: 'No system with these keys.',
      cimStatus: 6,
      cimStatusName: 'NotFound',
      windowsCode: 2147749890,
      errorData: {
        kind: 'instance',
        class: 'MSFT_WmiError',
        properties: {
          CIMStatusCode: { type: 'uint32', value: 6 },
          CIMStatusCodeDescription: { type: 'string', value: null },
          Message: { type: 'string', value: 'No system with these keys. ' },
          MessageID: { type: 'string', value: 'HRESULT 0x80041002' },
          error_Code: { type: 'uint32', value: 2147749890 },
        },
      },
    });
  });

  it('a fault of Windows: its code and its text', async () => {
    const { kind, windowsCode, windowsText, message } = await toldOfFault(windowsProviderFault);
    expect({ kind, windowsCode }).toEqual({ kind: 'wsman', windowsCode: 2150858778 });
    expect(windowsText).toMatch(/^The query is\s+wrong\.$/);
    expect(message).toBe(windowsText);
  });

  it('Cimulator’s reason', async () => {
    const told = await toldOfFault('', { 'cimulator-reason': 'nobody%20put%20it%20there' });
    expect(told).toMatchObject({ kind: 'wsman', reason: expect.stringContaining('nobody') });
  });

  it('a port where nobody listens, and a host that there is not', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as { port: number };
    listener.close();
    expect(await toldOf(`http://127.0.0.1:${port}`)).toMatchObject({ kind: 'transport', failure: 'refused' });
    expect(await toldOf('http://nohost.invalid:5985')).toMatchObject({ kind: 'transport', failure: 'dns' });
  });

  it('a server that does not answer, and one that does not take the account', async () => {
    server = await startFakeServer('never');
    expect(await toldOf(server.url)).toMatchObject({ kind: 'transport', failure: 'timeout' });
    await server.close();
    server = await startFakeServer({ status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } });
    expect(await toldOf(server.url, { user: 'a', password: 'b', auth: 'basic' })).toMatchObject({
      kind: 'transport',
      failure: 'unauthorized',
      httpStatus: 401,
    });
  });

  it('an answer that is no WS-Man', async () => {
    server = await startFakeServer({ status: 200, body: '<html/>' });
    expect(await toldOf(server.url)).toMatchObject({ kind: 'transport', failure: 'response' });
  });

  it('what nobody expected', () => {
    expect(describeError(new Error('oh'))).toEqual({ kind: 'internal', message: 'oh' });
    expect(describeError('oh')).toEqual({ kind: 'internal', message: 'oh' });
  });
});

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { RawConnection, type RawResponse } from '../../http/raw-connection.js';
import { rawRequest, SOAP, seal, sealingClient, unseal } from '../../http/sealing-client.js';
import { DMTF, ENUMERATION, NAMESPACE, request } from '../../support/envelopes.js';

const account = { user: 'alice', password: 'open sesame' };
const basic = `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`;

let folder: string;
let endpoint: Endpoint;
/** How long each look at the model takes, in milliseconds. */
let slowness = 0;
const log: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-'));
  endpoint = await startEndpoint({
    users: [{ name: account.user, password: account.password }],
    httpsPort: 0,
    dataDir: folder,
    logger: pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }),
    // One of each: what a request leaves behind, the next one finds taken.
    limits: { maxRequestsInFlight: 1 },
    settings: { maxEnumerationsPerUser: 1, maxConcurrentOperations: 1, maxConcurrentOperationsPerUser: 1 },
    interceptors: {
      cim: [
        (next) => async (operation, call) => {
          if (slowness > 0) await sleep(slowness);
          return next(operation, call);
        },
      ],
    },
  });
});
afterAll(async () => {
  await endpoint?.close();
  await rm(folder, { recursive: true });
});

function enumerate(more: string): string {
  return request({
    action: `${ENUMERATION}/Enumerate`,
    resourceUri: `${DMTF}*`,
    selectors: { __cimnamespace: NAMESPACE },
    body: `<n:Enumerate xmlns:n="${ENUMERATION}"><w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">SELECT * FROM CIM_ManagedElement</w:Filter>${more}</n:Enumerate>`,
  });
}
/** Stays open with its answer, and takes the place of one that may be. */
const OPENS = enumerate('');
/** Answered with all there is, some hundred kilobytes, and over. */
const ALL = enumerate('<w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements>');

/** A client that has signed in, or can: it makes messages of envelopes. */
interface Client {
  readonly connection: RawConnection;
  /** Breaks the connection off: RST. */
  reset(): void;
  message(envelope: string): Promise<Buffer>;
  read(): Promise<string>;
}

async function withBasic(): Promise<Client> {
  const connection = await RawConnection.open(endpoint.http?.port ?? 0);
  return { ...basicClient(connection), reset: () => connection.reset() };
}

async function withTls(end: End = 'FIN'): Promise<Client> {
  if (end === 'FIN') {
    const connection = await RawConnection.open(endpoint.https?.port ?? 0, { tls: true });
    return { ...basicClient(connection), reset: () => connection.destroy() };
  }
  // Node does not reset what carries TLS: somebody in between does.
  const between = connect({ port: endpoint.https?.port ?? 0, host: '127.0.0.1', allowHalfOpen: true });
  const relay = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .pipe(between)
      .pipe(socket);
    between.on('error', () => undefined).on('close', () => socket.destroySoon());
    relay.close();
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const connection = await RawConnection.open((relay.address() as AddressInfo).port, { tls: true });
  return { ...basicClient(connection), reset: () => between.resetAndDestroy() };
}

/** Passes over those that say only that the request goes on. */
async function finalAnswer(connection: RawConnection): Promise<RawResponse> {
  for (;;) {
    const response = await connection.response();
    if (response.status >= 200) return response;
  }
}

function basicClient(connection: RawConnection) {
  return {
    connection,
    message: async (envelope: string) =>
      rawRequest({ type: SOAP, bytes: Buffer.from(envelope) }, { Authorization: basic }),
    read: async () => (await finalAnswer(connection)).body,
  };
}

async function withNegotiate(): Promise<Client> {
  const connection = await RawConnection.open(endpoint.http?.port ?? 0);
  const client = sealingClient(connection, account);
  expect((await client.signIn()).status).toBe(200);
  return {
    connection,
    reset: () => connection.reset(),
    message: async (envelope) => rawRequest(await seal(client.security, envelope)),
    read: async () => (await unseal(client.security, await finalAnswer(connection))).text,
  };
}

type End = 'FIN' | 'RST';
const ENDS: readonly End[] = ['FIN', 'RST'];

const TRANSPORTS: readonly (readonly [string, (end?: End) => Promise<Client>])[] = [
  ['in clear', withBasic],
  ['over TLS', withTls],
  ['sealed', withNegotiate],
];

/** Sends as much as it says, and returns when the server has it. */
type Stage = (client: Client) => Promise<void>;

const upTo =
  (where: (message: Buffer) => number): Stage =>
  async ({ connection, message }) => {
    const bytes = await message(OPENS);
    connection.send(bytes.subarray(0, where(bytes)));
    await sleep(20);
  };
const bodyAt = (message: Buffer) => message.indexOf('\r\n\r\n') + 4;

const STAGES: readonly (readonly [string, Stage])[] = [
  ['before a message', async () => undefined],
  ['in the head', upTo((message) => bodyAt(message) - 30)],
  ['between head and body', upTo(bodyAt)],
  ['in the body', upTo((message) => bodyAt(message) + 200)],
  [
    'before the answer',
    async ({ connection, message }) => {
      slowness = 250;
      connection.send(await message(OPENS));
      await sleep(60);
    },
  ],
  [
    'in the answer',
    async ({ connection, message }) => {
      connection.send(await message(ALL));
      await expect.poll(() => connection.received.length, { interval: 1 }).toBeGreaterThan(0);
    },
  ],
];

const cases = TRANSPORTS.flatMap(([where, open]) =>
  STAGES.flatMap(([stage, act]) => ENDS.map((end) => [end, stage, where, open, act] as const)),
);

/** TCP connections of this process, both ends. */
const connections = () =>
  process.getActiveResourcesInfo().filter((kind) => /^(TCPSocketWrap|TCPWRAP)$/.test(kind)).length;

/** Sends a message and opens the answer. */
async function ask({ connection, message, read }: Client, envelope: string): Promise<string> {
  connection.send(await message(envelope));
  return read();
}

/** The same on a connection of its own. */
async function askAnew(open: () => Promise<Client>, envelope: string): Promise<string> {
  const client = await open();
  try {
    return await ask(client, envelope);
  } finally {
    client.connection.destroy();
    await client.connection.closed;
  }
}

describe('a client that breaks off', () => {
  it.each(cases)('by %s %s, %s, leaves nothing behind', async (end, stage, _where, open, act) => {
    const before = connections();
    const client = await open(end);
    await act(client);
    if (end === 'RST') client.reset();
    else client.connection.end();
    // Who has only closed its half is answered where there was a whole message, and then the connection ends.
    const answer = end === 'FIN' && stage === 'before the answer' ? await client.read() : '';
    await client.connection.closed;
    slowness = 0;
    await expect.poll(connections, { timeout: 5_000 }).toBeLessThanOrEqual(before);

    // Whoever comes next has room, as soon as what ran has ended: for the request, for the operation, for its enumeration.
    if (answer !== '') expect(await askAnew(open, release(answer))).toContain('ReleaseResponse');
    let opened = '';
    const tryToOpen = async () => {
      opened = await askAnew(open, OPENS).catch(String);
      return opened;
    };
    await expect.poll(tryToOpen, { timeout: 3_000 }).toContain('EnumerationContext>uuid:');
    expect(await askAnew(open, release(opened))).toContain('ReleaseResponse');
  });

  it('amid a Pull leaves its items to the next', async () => {
    const [gone, next] = [await withBasic(), await withBasic()];
    const opened = await ask(next, OPENS);
    const first = itemOf(await ask(next, pull(opened, 1)));
    expect(first).toBeDefined();
    slowness = 250;
    gone.connection.send(await gone.message(pull(opened, 1)));
    await sleep(60);
    gone.reset();
    await sleep(400);
    slowness = 0;
    const second = itemOf(await ask(next, pull(opened, 1)));
    expect(second).not.toBe(first);
    expect(await ask(next, release(opened))).toContain('ReleaseResponse');

    const again = await ask(next, OPENS);
    await ask(next, pull(again, 1));
    expect(itemOf(await ask(next, pull(again, 1)))).toBe(second);
    expect(await ask(next, release(again))).toContain('ReleaseResponse');
    next.connection.destroy();
  });

  it('is no matter for the log, which has no stack and nothing worse than a warning', () => {
    expect(log.filter((line) => line.includes('    at '))).toEqual([]);
    expect(log.filter((line) => JSON.parse(line).level > 40)).toEqual([]);
  });
});

/** A message to the enumeration that an answer has opened. */
function goOn(verb: string, answer: string, more = ''): string {
  const [, context = ''] = /EnumerationContext>([^<]+)</.exec(answer) ?? [];
  return request({
    action: `${ENUMERATION}/${verb}`,
    resourceUri: `${DMTF}*`,
    selectors: { __cimnamespace: NAMESPACE },
    body: `<n:${verb} xmlns:n="${ENUMERATION}"><n:EnumerationContext>${context}</n:EnumerationContext>${more}</n:${verb}>`,
  });
}
const release = (answer: string) => goOn('Release', answer);
const pull = (answer: string, most: number) => goOn('Pull', answer, `<n:MaxElements>${most}</n:MaxElements>`);
const itemOf = (answer: string) => /<n:Items>(.*)<\/n:Items>/s.exec(answer)?.[1];

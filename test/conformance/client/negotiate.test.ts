import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClientOptions } from '../../../src/client/client-options.js';
import { createClient } from '../../../src/client/create-client.js';
import { type TransportFailure, WsmanTransportError } from '../../../src/client/transport/wsman-transport-error.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import { identifyAnswer, windowsAnswer, windowsCimError, windowsFault } from '../../client/answers.js';
import { startFakeServer } from '../../client/fake-server.js';
import { type Misbehaviour, type SignedInMessage, startNegotiatingServer } from '../../client/negotiating-server.js';

const ok = windowsAnswer('<p:ReturnValue>0</p:ReturnValue>');
const alice = { user: 'alice', password: 'secret' };

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

function open(options: ClientOptions): WsmanClient {
  const client = createClient(options);
  opened.push(client);
  return client;
}

/** A server that answers so, and a client of alice. */
async function start(
  onMessage: (message: SignedInMessage) => void | Promise<void> = (message) => message.answer(ok),
  misbehaviour: Misbehaviour = {},
  options: Partial<ClientOptions> = {},
) {
  const server = await startNegotiatingServer(onMessage, misbehaviour);
  opened.push(server);
  return { server, seen: server.seen, client: open({ url: server.url, ...alice, ...options }) };
}

async function failure(client: WsmanClient): Promise<WsmanTransportError> {
  const error: unknown = await client.invoke('CIM_X', 'Do').catch((reason: unknown) => reason);
  if (error instanceof WsmanTransportError) return error;
  throw error;
}

function expectLine(error: WsmanTransportError, kind: TransportFailure, text: RegExp): void {
  expect([error.failure, error.message]).toEqual([kind, expect.stringMatching(text)]);
  expect(error.message).not.toContain('\n');
}

describe('Negotiate over plain HTTP', () => {
  it('seals what goes over the wire, and opens the answer', async () => {
    const { client, seen } = await start();
    expect((await client.invoke('CIM_X', 'Do')).returnValue).toBe(0);
    const wire = Buffer.concat(seen.bodies).toString('latin1');
    expect(wire).toContain('--Encrypted Boundary');
    expect(wire).not.toContain('Envelope');
  });

  it('signs in once for calls that follow each other', async () => {
    const { client, seen } = await start();
    for (let call = 0; call < 3; call++) await client.invoke('CIM_X', 'Do');
    expect(seen).toMatchObject({ signIns: 1, connections: 1, messages: 3 });
  });

  it('sends nothing of the request before the server has proved that it knows the account', async () => {
    const { client, seen } = await start(undefined, { lastToken: () => undefined });
    await failure(client);
    expect(Buffer.concat(seen.bodies).length).toBe(0);
  });

  it('opens a sealed fault', async () => {
    const fault = windowsFault('Sender', 'a:DestinationUnreachable', 'x', windowsCimError);
    const { client } = await start((message) => message.answer(fault));
    await expect(client.invoke('CIM_X', 'Do')).rejects.toMatchObject({ cimStatusName: 'NotFound' });
  });

  it('shares a few connections among many calls at once, each with its own sign-in', async () => {
    const { client, seen } = await start();
    const results = await Promise.all(Array.from({ length: 30 }, () => client.invoke('CIM_X', 'Do')));
    expect(results.every(({ returnValue }) => returnValue === 0)).toBe(true);
    expect(seen.connections).toBeLessThanOrEqual(16);
    expect(seen.signIns).toBe(seen.connections);
  });

  it('answers each call with its own answer, however they are mixed', async () => {
    const { client } = await start((message) => {
      const name = /CIM_X\/Do(\d+)</.exec(message.text)?.[1];
      return message.answer(windowsAnswer(`<p:ReturnValue>${name}</p:ReturnValue>`));
    });
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const results = await Promise.all(numbers.map((number) => client.invoke('CIM_X', `Do${number}`)));
    expect(results.map(({ returnValue }) => returnValue)).toEqual(numbers);
  });

  it('never mixes two accounts', async () => {
    const who = (message: SignedInMessage) => message.answer(windowsAnswer(`<p:User>${message.user}</p:User>`));
    const { client, server } = await start(who);
    const bob = open({ url: server.url, user: 'bob', password: 'hidden' });
    const calls = Array.from({ length: 20 }, (_, index) => (index % 2 ? client : bob).invoke('CIM_X', 'Do'));
    const users = (await Promise.all(calls)).map(({ outputs }) => outputs.get('User'));
    expect(users).toEqual(users.map((_, index) => (index % 2 ? 'alice' : 'bob')));
  });

  it.each(['LAB\\alice', 'alice@lab.example', '.\\alice', 'ALICE'])('signs in %s', async (user) => {
    const { client } = await start(
      (message) => message.answer(windowsAnswer(`<p:User>${message.user}</p:User>`)),
      {},
      { user },
    );
    expect((await client.invoke('CIM_X', 'Do')).outputs.get('User')).toBe('alice');
  });
});

describe('a connection that does not last', () => {
  it('between two calls is replaced by one that signs in anew', async () => {
    const { client, seen } = await start(async (message) => {
      message.response.once('finish', () => message.socket.end());
      await message.answer(ok);
    });
    await client.invoke('CIM_X', 'Do');
    expect((await client.invoke('CIM_X', 'Do')).returnValue).toBe(0);
    expect(seen).toMatchObject({ signIns: 2, connections: 2, messages: 2 });
  });

  it('while a call runs is an error, for the server may have acted', async () => {
    const { client, seen } = await start((message) => void message.socket.destroy());
    expectLine(await failure(client), 'closed', /closed without an answer/);
    expect(seen.messages).toBe(1);
  });

  it('in the middle of the sign-in says so', async () => {
    const closing: Misbehaviour = { headers: { connection: 'close' } };
    const { client } = await start(undefined, closing);
    expectLine(await failure(client), 'closed', /in the middle of the sign-in.*proxy/);
  });

  it('and is cut off in the middle of the sign-in is an error', async () => {
    const cutting: Misbehaviour = { onLeg: (leg, response) => leg === 2 && response.socket?.destroy() !== undefined };
    const { client } = await start(undefined, cutting);
    expectLine(await failure(client), 'closed', /closed without an answer/);
  });

  it('signs in anew, once, when it is asked for credentials again', async () => {
    const identity = identifyAnswer('urn:i', '<i:ProductVendor>V</i:ProductVendor>');
    const { client, seen } = await start((message) =>
      message.turn === 2 ? message.answerInClear(401, '') : message.answer(identity),
    );
    await client.identify();
    expect((await client.identify()).productVendor).toBe('V');
    expect(seen).toMatchObject({ signIns: 2, messages: 3 });
  });

  it('does nothing twice because somebody asks for credentials again in clear', async () => {
    const { client, seen } = await start((message) =>
      message.turn === 2 ? message.answerInClear(401, '') : message.answer(ok),
    );
    await client.invoke('CIM_X', 'Do');
    expectLine(await failure(client), 'closed', /may have acted on the message/);
    expect((await client.invoke('CIM_X', 'Do')).returnValue).toBe(0);
    expect(seen).toMatchObject({ signIns: 2, messages: 3 });
  });

  it('is given up when the server asks for credentials for ever', async () => {
    const { client, seen } = await start((message) => message.answerInClear(401, ''));
    expectLine(await failure(client), 'unauthorized', /refused the user name or the password, sent by Negotiate/);
    expect(seen.messages).toBe(1);
  });
});

describe('a server that is not what it says', () => {
  it.each<[string, Misbehaviour]>([
    ['leaves out its last word', { lastToken: () => undefined }],
    [
      'leaves out the mechListMIC',
      { lastToken: () => Buffer.from('a10730 05a0030a0100'.replaceAll(' ', ''), 'hex').toString('base64') },
    ],
    [
      'has a wrong mechListMIC',
      {
        lastToken: (token = '') => {
          const bytes = Buffer.from(token, 'base64');
          bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 1;
          return bytes.toString('base64');
        },
      },
    ],
    ['accepts anything', { onLeg: (leg, response) => leg === 2 && response.writeHead(200).end() !== undefined }],
  ])('and %s is not believed', async (_what, misbehaviour) => {
    const { client } = await start(undefined, misbehaviour);
    expectLine(await failure(client), 'security', /does not prove that it knows the account/);
  });

  it('and answers with garbage as its challenge is not answered', async () => {
    const headers = { 'www-authenticate': 'Negotiate oRcwFaADCgEBoQwGCisGAQQBgjcCAgo=' };
    const { client } = await start(undefined, {
      onLeg: (_leg, response) => response.writeHead(401, headers).end() !== undefined,
    });
    expectLine(await failure(client), 'scheme', /Negotiate with the endpoint fails: an ASN.1 element/);
  });

  it.each<[string, (message: SignedInMessage) => void | Promise<void>, RegExp]>([
    [
      'a changed answer',
      async (message) => {
        const body = await message.seal(ok);
        const at = body.length - 100;
        body[at] = (body[at] ?? 0) ^ 1;
        message.answerAsSealed(body);
      },
      /cannot be trusted: the message was changed/,
    ],
    [
      'garbage in place of a sealed answer',
      (message) => message.answerAsSealed(Buffer.from('garbage')),
      /cannot be trusted/,
    ],
    [
      'an answer in place of another',
      async (message) => {
        await message.seal(ok);
        await message.answer(ok);
      },
      /cannot be trusted: a message is missing/,
    ],
    ['an answer in clear', (message) => message.answerInClear(200, ok), /in clear/],
    [
      'a fault in clear',
      (message) => message.answerInClear(500, windowsFault('Sender', 'a:DestinationUnreachable', 'x', windowsCimError)),
      /in clear/,
    ],
  ])('is not believed: %s', async (_what, answer, text) => {
    const { client } = await start(answer);
    expectLine(await failure(client), 'security', text);
  });

  it('is believed in clear when that is allowed', async () => {
    const { client } = await start((message) => message.answerInClear(200, ok), {}, { allowUnencrypted: true });
    expect((await client.invoke('CIM_X', 'Do')).returnValue).toBe(0);
  });

  it('is heard when it is too busy to finish the sign-in', async () => {
    const busy: Misbehaviour = { onLeg: (leg, response) => leg === 2 && response.writeHead(503).end() !== undefined };
    const { client } = await start(undefined, busy);
    expectLine(await failure(client), 'http', /HTTP 503/);
  });

  it('is heard when HTTP itself refuses, and signed in to anew after that', async () => {
    const { client, seen } = await start((message) =>
      seen.messages === 1 ? message.answerInClear(503, 'busy', 'text/plain') : message.answer(ok),
    );
    expectLine(await failure(client), 'http', /HTTP 503: .*try again/);
    expect((await client.invoke('CIM_X', 'Do')).returnValue).toBe(0);
    expect(seen.signIns).toBe(2);
  });
});

describe('a password', () => {
  it('that is wrong is refused, and not tried in another way', async () => {
    const challenges = { 'www-authenticate': ['Negotiate', 'Basic realm="WSMAN"'] };
    const headers: (string | undefined)[] = [];
    const { client, seen } = await start(
      undefined,
      {
        onLeg: (leg, response) => {
          headers.push(response.req.headers.authorization);
          return leg === 2 && response.writeHead(401, challenges).end() !== undefined;
        },
      },
      { password: 'wrong' },
    );
    expectLine(
      await failure(client),
      'unauthorized',
      /refused .* sent by Negotiate \(the endpoint offers Negotiate, Basic\)/,
    );
    expect(headers.filter((header) => !header?.startsWith('Negotiate '))).toEqual([]);
    expect(seen.messages).toBe(0);
  });

  it('that is refused by a server with another time hints at the clock', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    const { client } = await start(undefined, { headers: { date } }, { password: 'wrong' });
    expectLine(await failure(client), 'unauthorized', /its clock is (59|60) minutes behind this machine's/);
  });

  it('is never sent by Basic when Negotiate is asked for', async () => {
    const server = await startFakeServer({ status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } });
    opened.push(server);
    const error = await failure(open({ url: server.url, ...alice, auth: 'negotiate' }));
    expectLine(error, 'scheme', /does not offer Negotiate, but Basic/);
    expect(server.requests.map(({ headers }) => headers.authorization?.split(' ')[0])).toEqual(['Negotiate']);
  });

  it('is sent by Basic to this machine when that is all there is', async () => {
    const server = await startFakeServer(({ headers }) =>
      headers.authorization?.startsWith('Basic ')
        ? { body: ok }
        : { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } },
    );
    opened.push(server);
    const client = open({ url: server.url, ...alice });
    for (let call = 0; call < 2; call++) expect((await client.invoke('CIM_X', 'Do')).returnValue).toBe(0);
    const schemes = server.requests.map(({ headers }) => headers.authorization?.split(' ')[0]);
    expect(schemes).toEqual(['Negotiate', 'Basic', 'Basic']);
  });

  it.each<[string, Misbehaviour, (message: SignedInMessage) => void]>([
    [
      'refused',
      { headers: {}, onLeg: (leg, response) => leg === 2 && response.writeHead(401).end() !== undefined },
      () => undefined,
    ],
    ['not believed', {}, (message) => message.answerInClear(200, ok)],
    ['cut off', {}, (message) => void message.socket.destroy()],
  ])('is nowhere in the error when the server is %s', async (_what, misbehaviour, answer) => {
    const { client } = await start(answer, misbehaviour);
    const shown = inspect(await failure(client), { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true });
    expect(shown).not.toContain('secret');
    expect(inspect(client, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('secret');
  });
});

describe('waiting', () => {
  it('for a free connection ends when the call is aborted, and the calls behind it go on', async () => {
    const held: SignedInMessage[] = [];
    let release = () => {};
    const full = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { client } = await start(async (message) => {
      if (held.push(message) === 4) release();
      if (held.length > 4) await message.answer(ok);
    });
    const running = Array.from({ length: 4 }, () => client.invoke('CIM_X', 'Do'));
    await full;
    const controller = new AbortController();
    const aborted = client.invoke('CIM_X', 'Do', {}, { signal: controller.signal });
    const behind = client.invoke('CIM_X', 'Do');
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ failure: 'aborted' });
    for (const message of held.slice(0, 4)) await message.answer(ok);
    const results = await Promise.all([...running, behind]);
    expect(results.map(({ returnValue }) => returnValue)).toEqual([0, 0, 0, 0, 0]);
  });

  it('for a server that does not answer the sign-in ends when the client is closed', async () => {
    const { client, server } = await start(undefined, { onLeg: () => true });
    const failed = failure(client);
    await expect.poll(() => server.seen.signIns).toBe(1);
    await client.close();
    expectLine(await failed, 'closed', /the client is closed/);
  });

  it('is refused once the client is closed', async () => {
    const { client } = await start();
    await client.close();
    expectLine(await failure(client), 'closed', /the client is closed/);
  });
});

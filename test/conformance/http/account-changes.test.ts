import { describe, expect, it } from 'vitest';
import { parseRoles } from '../../../src/auth/accounts/role.js';
import { createBasicScheme } from '../../../src/auth/schemes/basic.js';
import { createNegotiateScheme } from '../../../src/auth/schemes/negotiate.js';
import { accounts, NAMES } from '../../auth/negotiation.js';
import { rawRequest, seal, sealingClient } from '../../http/sealing-client.js';
import { ENVELOPE, httpRequest, startTestListeners } from '../../http/test-listeners.js';

/** A server with alice and bob, and a connection on which alice has signed in with Negotiate. */
async function signedIn() {
  const users = await accounts();
  await users.add('bob', 'secret');
  const schemes = [createNegotiateScheme(users, { names: NAMES }), createBasicScheme(users)];
  const server = await startTestListeners({ schemes, accounts: users });
  const connection = await server.connect();
  const client = sealingClient(connection);
  await client.signIn();
  const ask = async () => connection.send(rawRequest(await seal(client.security, ENVELOPE))).response();
  return { users, server, ask, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('a connection that was signed in', () => {
  it('goes on while others change', async () => {
    await using session = await signedIn();
    await session.users.remove('bob');
    await session.users.add('carol', 'secret');
    expect((await session.ask()).status).toBe(200);
  });

  it.each([
    ['the account gets another password', (users) => users.add('alice', 'another')],
    ['the account gets the same password again', (users) => users.add('alice', 'secret')],
    ['the account is removed', (users) => users.remove('alice')],
  ] as readonly (readonly [string, (users: Awaited<ReturnType<typeof accounts>>) => Promise<void>])[])(
    'ends when %s',
    async (_what, change) => {
      await using session = await signedIn();
      expect((await session.ask()).status).toBe(200);
      await change(session.users);
      expect((await session.ask()).status).toBe(401);
      expect(session.server.requests).toHaveLength(1);
      expect(session.server.log.join('')).toContain('another password, since the connection was signed in');
    },
  );

  it('does not come back with an account of the same name', async () => {
    await using session = await signedIn();
    await session.users.remove('alice');
    await session.users.add('alice', 'secret');
    expect((await session.ask()).status).toBe(401);
    expect((await session.ask()).status).toBe(401);
  });

  it('has the roles of the moment', async () => {
    await using session = await signedIn();
    await session.ask();
    await session.users.setRoles('alice', parseRoles(['read']));
    await session.ask();
    const [before, after] = session.server.requests.map(({ permissions }) => permissions);
    expect([before, after?.allows('read', 'a', []), after?.allows('write', 'a', [])]).toEqual([undefined, true, false]);
  });
});

describe('a user who has proven who it is and has no account', () => {
  it('is nobody', async () => {
    const users = await accounts();
    const stranger = {
      ...createBasicScheme(users),
      authenticate: () => ({ kind: 'authenticated', user: 'eve' }) as const,
    };
    await using server = await startTestListeners({ schemes: [stranger], accounts: users });
    expect((await server.ask(httpRequest())).status).toBe(401);
    expect(server.requests).toEqual([]);
    expect(server.log.join('')).toContain('has no account here');
  });
});

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { foldAccountName } from '../../src/auth/accounts/account-name.js';
import { type KerberosAcceptor, openKerberosAcceptor } from '../../src/auth/kerberos/kerberos-acceptor.js';
import { startKerberos } from '../../src/auth/kerberos/kerberos-initiator.js';
import { createKerberosMechanism } from '../../src/auth/kerberos/kerberos-mechanism.js';
import type { MessageSecurity } from '../../src/auth/message-encryption/message-security.js';
import type { AuthenticationResult, AuthenticationScheme, Peer } from '../../src/auth/schemes/authentication-scheme.js';
import type { ChannelBindingPolicy } from '../../src/auth/schemes/channel-binding.js';
import { createKerberosScheme } from '../../src/auth/schemes/negotiate.js';
import { type KerberosRealm, REALM, startKerberosRealm } from '../support/kerberos-realm.js';
import { hasKerberosKdc } from './kerberos-kdc.js';

const CERTIFICATE_HASH = createHash('sha256').update('certificate').digest();

const among = (accounts: readonly string[]) => (name: string) =>
  accounts.find((account) => foldAccountName(account) === foldAccountName(name));

describe.skipIf(!hasKerberosKdc())('tickets of a real KDC', () => {
  let realm: KerberosRealm;
  let keytab = '';
  let otherKeytab = '';
  let tickets = { alice: '', mallory: '', admin: '' };
  let acceptor: KerberosAcceptor;
  beforeAll(async () => {
    realm = await startKerberosRealm();
    keytab = await realm.addService('HTTP/localhost', 'WSMAN/localhost');
    otherKeytab = await realm.addService('HTTP/other.example');
    const [alice, mallory, admin] = [realm.addUser('alice'), realm.addUser('mallory'), realm.addUser('alice/admin')];
    tickets = { alice: await alice, mallory: await mallory, admin: await admin };
    acceptor = await openKerberosAcceptor({ keytab });
  });
  afterAll(async () => {
    await acceptor?.release();
    await realm?.stop();
  });
  beforeEach(() => {
    process.env.KRB5CCNAME = tickets.alice;
  });

  /** Gives back what tests hold, so that no test depends on another one's garbage. */
  const held: (() => void)[] = [];
  afterEach(() => {
    for (const release of held.splice(0)) release();
  });

  function server(channelBinding: ChannelBindingPolicy = 'relaxed', accounts = ['Alice', 'bob']): AuthenticationScheme {
    const protocol = 'application/HTTP-Kerberos-session-encrypted';
    return createKerberosScheme(
      createKerberosMechanism({ acceptor, protocol, channelBinding, findAccount: among(accounts) }),
    );
  }

  function connect(over: Partial<Peer> = {}): Peer {
    const gone = new AbortController();
    held.push(() => gone.abort());
    return { tls: false, address: '192.0.2.7', loopback: false, signal: gone.signal, ...over };
  }
  const connectTls = () => connect({ tls: true, serverEndPoint: CERTIFICATE_HASH });

  function client(options: { service?: string; host?: string; serverEndPoint?: Buffer } = {}) {
    const initiator = startKerberos({ host: 'localhost', ...options });
    held.push(() => initiator.release());
    return initiator;
  }

  async function send(scheme: AuthenticationScheme, peer: Peer, token: Buffer): Promise<AuthenticationResult> {
    return scheme.authenticate({ authorization: `Kerberos ${token.toString('base64')}`, peer });
  }

  /** Both ends of a connection that is signed in. */
  async function signIn(): Promise<{ here: MessageSecurity; there: MessageSecurity }> {
    const initiator = client();
    const result = await send(server(), connect(), await initiator.start());
    if (result.kind !== 'authenticated') throw new Error(JSON.stringify(result));
    const there = await initiator.finish(Buffer.from(result.token ?? '', 'base64'));
    const here = result.connection?.security;
    if (here === undefined) throw new Error('no security');
    return { here, there };
  }

  it('sign in the account of their principal, and prove the server', async () => {
    const initiator = client();
    const result = await send(server(), connect(), await initiator.start());
    expect(result).toMatchObject({ kind: 'authenticated', user: 'Alice', token: expect.any(String) });
    if (result.kind !== 'authenticated') throw new Error('unreachable');
    await expect(initiator.finish(Buffer.from(result.token ?? '', 'base64'))).resolves.toBeDefined();
  });

  it('are taken for each service of the keytab', async () => {
    const result = await send(server(), connect(), await client({ service: 'WSMAN' }).start());
    expect(result).toMatchObject({ kind: 'authenticated', user: 'Alice' });
  });

  describe('are refused', () => {
    it('when they come twice', async () => {
      const token = await client().start();
      await send(server(), connect(), token);
      expect(await send(server(), connect(), token)).toEqual({
        kind: 'refused',
        reason: 'Kerberos: Request is a replay',
      });
    });

    it('when they are for a service without a key', async () => {
      await realm.addService('HTTP/elsewhere.example');
      const token = await client({ host: 'elsewhere.example' }).start();
      expect(await send(server(), connect(), token)).toMatchObject({
        kind: 'refused',
        reason: "Kerberos: The ticket isn't for us",
      });
    });

    it('when the key is an old one', async () => {
      const token = await client({ host: 'other.example' }).start();
      // Making the keytab again makes new keys, which the KDC has from then on.
      const stale = await openKerberosAcceptor({ keytab: otherKeytab });
      held.push(() => void stale.release());
      await realm.addService('HTTP/other.example');
      process.env.KRB5CCNAME = await realm.addUser('dave');
      const fresh = await client({ host: 'other.example' }).start();
      const protocol = 'application/HTTP-Kerberos-session-encrypted';
      const scheme = createKerberosScheme(
        createKerberosMechanism({ acceptor: stale, protocol, findAccount: among(['alice', 'dave']) }),
      );
      expect(await send(scheme, connect(), token)).toMatchObject({ kind: 'authenticated', user: 'alice' });
      expect(await send(scheme, connect(), fresh)).toMatchObject({
        kind: 'refused',
        reason: expect.stringMatching(/key/i),
      });
    });

    it('when the principal has no account', async () => {
      process.env.KRB5CCNAME = tickets.mallory;
      expect(await send(server(), connect(), await client().start())).toEqual({
        kind: 'refused',
        reason: `Kerberos: no account for the principal "mallory@${REALM}"`,
      });
    });

    it('when the principal has an instance', async () => {
      process.env.KRB5CCNAME = tickets.admin;
      expect(await send(server('relaxed', ['alice', 'alice/admin']), connect(), await client().start())).toEqual({
        kind: 'refused',
        reason: `Kerberos: the principal "alice/admin@${REALM}" is not that of a user`,
      });
    });

    it('when the clock of the client is an hour off', async () => {
      const cache = await realm.addUser('erin');
      process.env.KRB5CCNAME = cache;
      // Fetches the ticket, which the KDC would not give to somebody with that clock.
      await client().start();
      await shiftClock(cache.slice('FILE:'.length), 3600);
      const token = await client().start();
      expect(await send(server('relaxed', ['erin']), connect(), token)).toEqual({
        kind: 'refused',
        reason: 'Kerberos: Clock skew too great',
      });
    });

    it('when they are cut, or have anything behind them', async () => {
      const token = await client().start();
      for (const changed of [token.subarray(0, -1), token.subarray(0, 40), Buffer.concat([token, Buffer.of(0)])])
        expect((await send(server(), connect(), changed)).kind).toBe('refused');
    });

    it('when there is nothing in their frame, with words of our own for it', async () => {
      const token = Buffer.from('601206092a864886f71201020201006e03020105', 'hex');
      expect(await send(server(), connect(), token)).toEqual({
        kind: 'refused',
        reason: 'Kerberos: a malformed token, or another failure that GSSAPI has no words for',
      });
    });

    it.each([0.3, 0.6, 0.9, 0.999])('when a bit of them is changed at %d of their length', async (at) => {
      const token = await client().start();
      const position = Math.floor(token.length * at);
      token[position] = (token[position] ?? 0) ^ 1;
      expect((await send(server(), connect(), token)).kind).toBe('refused');
    });
  });

  describe('with channel bindings', () => {
    it.each([
      ['none', undefined, 'authenticated'],
      ['none', 'wrong', 'authenticated'],
      ['relaxed', undefined, 'authenticated'],
      ['relaxed', 'right', 'authenticated'],
      ['relaxed', 'wrong', 'refused'],
      ['strict', undefined, 'refused'],
      ['strict', 'right', 'authenticated'],
      ['strict', 'wrong', 'refused'],
    ] as const)('%s, %s: %s', async (policy, sent, kind) => {
      const hashes = { right: CERTIFICATE_HASH, wrong: createHash('sha256').update('another').digest() };
      const token = await client(sent === undefined ? {} : { serverEndPoint: hashes[sent] }).start();
      expect((await send(server(policy), connectTls(), token)).kind).toBe(kind);
    });

    it('of another connection are told from other mistakes in the log', async () => {
      const token = await client({ serverEndPoint: Buffer.alloc(32) }).start();
      expect(await send(server(), connectTls(), token)).toEqual({
        kind: 'refused',
        reason: 'Kerberos: the channel binding is of another TLS connection',
      });
    });
  });

  describe('seal messages', () => {
    const hello = Buffer.from('hello');

    it('as Windows does: 60 bytes of signature, rotated by 28, the acceptor with a key of its own', async () => {
      const { here } = await signIn();
      const { token, sealed } = await here.wrap(hello);
      expect(sealed).toHaveLength(hello.length);
      expect(Buffer.from(token).subarray(0, 8).toString('hex')).toBe('050407ff0000001c');
      expect(token).toHaveLength(60);
    });

    it('both ways', async () => {
      const { here, there } = await signIn();
      for (const [from, to] of [
        [there, here],
        [here, there],
        [there, here],
      ] as const) {
        const { token, sealed } = await from.wrap(hello);
        expect(Buffer.from(await to.unwrap(token, sealed))).toEqual(hello);
      }
    });

    it.each([0, 1, 15, 16, 17, 100_000])('of %d bytes', async (length) => {
      const { here, there } = await signIn();
      const message = Buffer.alloc(length, 0x41);
      const { token, sealed } = await there.wrap(message);
      expect(Buffer.from(await here.unwrap(token, sealed)).equals(message)).toBe(true);
    });

    it('and refuse one that was changed', async () => {
      const { here, there } = await signIn();
      const { token, sealed } = await there.wrap(hello);
      const changed = Buffer.from(sealed);
      changed[0] = (changed[0] ?? 0) ^ 1;
      await expect(here.unwrap(token, changed)).rejects.toThrow(/Kerberos: /);
    });

    it('and refuse one that comes twice', async () => {
      const { here, there } = await signIn();
      const { token, sealed } = await there.wrap(hello);
      await here.unwrap(token, sealed);
      await expect(here.unwrap(token, sealed)).rejects.toThrow(/replayed/);
    });

    it('and refuse one behind a gap', async () => {
      const { here, there } = await signIn();
      const first = await there.wrap(hello);
      await here.unwrap(first.token, first.sealed);
      await there.wrap(hello);
      const { token, sealed } = await there.wrap(hello);
      await expect(here.unwrap(token, sealed)).rejects.toThrow(/left out/);
    });

    it('and refuse one that is sent back', async () => {
      const { here } = await signIn();
      const { token, sealed } = await here.wrap(hello);
      await expect(here.unwrap(token, sealed)).rejects.toThrow(/sent back/);
    });

    it('no more once the connection is closed', async () => {
      const { here } = await signIn();
      for (const release of held.splice(0)) release();
      await expect(here.wrap(hello)).rejects.toThrow('the connection is closed');
    });
  });

  it('need a keytab that is there', async () => {
    await expect(openKerberosAcceptor({ keytab: `${realm.folder}/none` })).rejects.toThrow(
      /none is nonexistent or empty/,
    );
  });

  it('need the key of the principal that is named', async () => {
    await expect(openKerberosAcceptor({ keytab, servicePrincipal: 'HTTP/other.example' })).rejects.toThrow(
      /HTTP\/other\.example/,
    );
  });

  it('are taken for the principal that is named only', async () => {
    const only = await openKerberosAcceptor({ keytab, servicePrincipal: 'WSMAN/localhost' });
    held.push(() => void only.release());
    const protocol = 'application/HTTP-Kerberos-session-encrypted';
    const scheme = createKerberosScheme(
      createKerberosMechanism({ acceptor: only, protocol, findAccount: among(['alice']) }),
    );
    expect((await send(scheme, connect(), await client().start())).kind).toBe('refused');
    expect((await send(scheme, connect(), await client({ service: 'WSMAN' }).start())).kind).toBe('authenticated');
  });

  it('are missed with a reason', async () => {
    process.env.KRB5CCNAME = `FILE:${realm.folder}/no-tickets`;
    await expect(client().start()).rejects.toThrow(/^Kerberos: there is no ticket, which kinit gets: /);
  });
});

/** Makes the owner of a cache of tickets believe that the KDC's clock differs: the header of the file has the difference. */
async function shiftClock(cache: string, seconds: number): Promise<void> {
  const file = await open(cache, 'r+');
  const header = Buffer.alloc(16);
  await file.read(header, 0, header.length, 0);
  // Version 4, 12 bytes of header, the tag DeltaTime with its 8 bytes.
  if (header.toString('hex', 0, 8) !== '0504000c00010008') throw new Error('an unknown form of cache');
  header.writeInt32BE(seconds, 8);
  await file.write(header, 0, header.length, 0);
  await file.close();
}

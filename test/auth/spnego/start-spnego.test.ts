import { describe, expect, it } from 'vitest';
import { startNtlm } from '../../../src/auth/ntlm/ntlm-initiator.js';
import { NTLM_OID } from '../../../src/auth/ntlm/ntlm-mechanism.js';
import type { AuthenticationResult } from '../../../src/auth/schemes/authentication-scheme.js';
import type { SecurityMechanism } from '../../../src/auth/schemes/security-mechanism.js';
import { writeMechList, writeNegTokenInit } from '../../../src/auth/spnego/neg-token-init.js';
import { readNegTokenResp, writeNegTokenResp } from '../../../src/auth/spnego/neg-token-resp.js';
import { startSpnegoNtlm } from '../../../src/auth/spnego/spnego-initiator.js';
import { ALICE, connect, exchange, negotiateServer, send } from '../negotiation.js';

const KERBEROS = '1.2.840.113554.1.2.2';
const MS_KERBEROS = '1.2.840.48018.1.2.2';
const NEGOEX = '1.3.6.1.4.1.311.2.2.30';
/** The frame that real ones have, around nothing. */
const RAW_TICKET = Buffer.from('600e06092a864886f71201020201006e', 'hex');
const WINDOWS_LIST = [MS_KERBEROS, KERBEROS, NEGOEX, NTLM_OID];

function lastToken(result: AuthenticationResult): Buffer {
  if (result.kind !== 'authenticated') throw new Error(JSON.stringify(result));
  return Buffer.from(result.token ?? '', 'base64');
}

/** A client whose list has other mechanisms before NTLM, up to the point where it has answered the challenge. */
async function windowsClient(sealed = true) {
  const scheme = await negotiateServer();
  const peer = connect();
  const mechList = writeMechList(WINDOWS_LIST);
  const first = await exchange(scheme, peer, writeNegTokenInit({ mechList, token: Buffer.from('a ticket') }));
  const ntlm = startNtlm(ALICE, { seal: sealed });
  const second = await exchange(scheme, peer, writeNegTokenResp({ token: ntlm.negotiate }));
  const challenge = readNegTokenResp(second).token ?? Buffer.alloc(0);
  return { scheme, peer, mechList, first: readNegTokenResp(first), ...ntlm.authenticate(challenge) };
}

describe('SPNEGO with NTLM first on the list', () => {
  it('takes the optimistic token, and ends with the MIC of the server', async () => {
    const scheme = await negotiateServer();
    const peer = connect();
    const client = startSpnegoNtlm(startNtlm(ALICE));
    const { token, security } = client.authenticate(await exchange(scheme, peer, client.init));
    const result = await send(scheme, peer, token);
    expect(() => client.finish(lastToken(result))).not.toThrow();
    if (result.kind !== 'authenticated') throw new Error(result.kind);
    const answer = await result.connection?.security?.wrap(Buffer.from('hello'));
    if (answer === undefined) throw new Error('no message security');
    expect(Buffer.from((await security?.unwrap(answer.token, answer.sealed)) ?? []).toString()).toBe('hello');
  });

  it('names the mechanism in its first answer only', async () => {
    const scheme = await negotiateServer();
    const peer = connect();
    const client = startSpnegoNtlm(startNtlm(ALICE));
    const first = await exchange(scheme, peer, client.init);
    expect(readNegTokenResp(first)).toMatchObject({ state: 'accept-incomplete', supportedMech: NTLM_OID });
    const result = await send(scheme, peer, client.authenticate(first).token);
    expect(readNegTokenResp(lastToken(result))).toMatchObject({ state: 'accept-completed', supportedMech: undefined });
  });

  it('asks for the token when the client sent none', async () => {
    const scheme = await negotiateServer();
    const init = writeNegTokenInit({ mechList: writeMechList([NTLM_OID]), token: undefined });
    expect(readNegTokenResp(await exchange(scheme, connect(), init))).toEqual({
      ...{ state: 'accept-incomplete', supportedMech: NTLM_OID, token: undefined, mechListMic: undefined },
    });
  });

  it('needs no MIC', async () => {
    const scheme = await negotiateServer();
    const peer = connect();
    const ntlm = startNtlm(ALICE);
    const init = writeNegTokenInit({ mechList: writeMechList([NTLM_OID]), token: ntlm.negotiate });
    const challenge = readNegTokenResp(await exchange(scheme, peer, init)).token ?? Buffer.alloc(0);
    const result = await send(scheme, peer, writeNegTokenResp({ token: ntlm.authenticate(challenge).token }));
    expect(readNegTokenResp(lastToken(result))).toMatchObject({ state: 'accept-completed', mechListMic: undefined });
  });

  it('refuses a wrong MIC', async () => {
    const scheme = await negotiateServer();
    const peer = connect();
    const client = startSpnegoNtlm(startNtlm(ALICE));
    const { token } = client.authenticate(await exchange(scheme, peer, client.init));
    const { mechListMic, ...resp } = readNegTokenResp(token);
    const changed = Buffer.from(mechListMic ?? []);
    changed[5] = (changed[5] ?? 0) ^ 1;
    const result = await send(scheme, peer, writeNegTokenResp({ ...resp, mechListMic: changed }));
    expect(result).toEqual({ kind: 'refused', reason: 'Negotiate: a wrong mechListMIC (user "alice")' });
  });
});

describe('SPNEGO with other mechanisms before NTLM', () => {
  it('passes over the token of the first mechanism, and asks for the MIC', async () => {
    const { first } = await windowsClient();
    expect(first).toEqual({
      ...{ state: 'request-mic', supportedMech: NTLM_OID, token: undefined, mechListMic: undefined },
    });
  });

  it('lets in a client that signs the list', async () => {
    const { scheme, peer, mechList, token, integrity } = await windowsClient();
    const mechListMic = integrity?.sign(mechList);
    const result = await send(scheme, peer, writeNegTokenResp({ token, mechListMic }));
    const final = readNegTokenResp(lastToken(result));
    expect(integrity?.verify(mechList, final.mechListMic ?? Buffer.alloc(0))).toBe(true);
  });

  it('refuses a client whose list was changed on the way', async () => {
    const { scheme, peer, token, integrity } = await windowsClient();
    const mechListMic = integrity?.sign(writeMechList([KERBEROS, NTLM_OID]));
    const result = await send(scheme, peer, writeNegTokenResp({ token, mechListMic }));
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining('a wrong mechListMIC') });
  });

  it('refuses a client that signs nothing', async () => {
    const { scheme, peer, token } = await windowsClient();
    const result = await send(scheme, peer, writeNegTokenResp({ token }));
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining('no mechListMIC') });
  });

  it('cannot ask a client for the MIC that has no key for it', async () => {
    const { scheme, peer, token } = await windowsClient(false);
    expect(await send(scheme, peer, writeNegTokenResp({ token }))).toMatchObject({ kind: 'authenticated' });
  });

  it('refuses a list on which nothing is enabled', async () => {
    const init = writeNegTokenInit({ mechList: writeMechList([KERBEROS, NEGOEX]), token: undefined });
    const result = await send(await negotiateServer(), connect(), init);
    expect(result).toEqual({
      kind: 'refused',
      reason: `Negotiate: none of the mechanisms is enabled: ${KERBEROS}, ${NEGOEX}`,
    });
  });
});

describe('SPNEGO with Kerberos at hand', () => {
  /** Takes every ticket for one of carol's. */
  const kerberos: SecurityMechanism = {
    oids: [KERBEROS, MS_KERBEROS],
    start: () => ({ step: (token) => ({ kind: 'authenticated', user: 'carol', token: Buffer.from(`got ${token}`) }) }),
  };

  it.each([[WINDOWS_LIST], [[KERBEROS, NTLM_OID]]])(
    'takes it, under the name that the client uses: %j',
    async (list) => {
      const scheme = await negotiateServer({ kerberos });
      const init = writeNegTokenInit({ mechList: writeMechList(list), token: Buffer.from('a ticket') });
      const result = await send(scheme, connect(), init);
      expect(result).toMatchObject({ kind: 'authenticated', user: 'carol' });
      expect(readNegTokenResp(lastToken(result))).toEqual({
        ...{
          state: 'accept-completed',
          supportedMech: list[0],
          token: Buffer.from('got a ticket'),
          mechListMic: undefined,
        },
      });
    },
  );

  it('still takes NTLM from who has no ticket', async () => {
    const scheme = await negotiateServer({ kerberos });
    const client = startSpnegoNtlm(startNtlm(ALICE));
    const peer = connect();
    const { token } = client.authenticate(await exchange(scheme, peer, client.init));
    expect(await send(scheme, peer, token)).toMatchObject({ kind: 'authenticated', user: 'alice' });
  });

  it('takes a ticket without SPNEGO around it', async () => {
    const scheme = await negotiateServer({ kerberos });
    const result = await send(scheme, connect(), RAW_TICKET);
    expect(result).toMatchObject({ kind: 'authenticated', user: 'carol' });
    expect(lastToken(result).toString('latin1')).toContain('got ');
  });

  it('takes no ticket where it is not enabled', async () => {
    expect(await send(await negotiateServer(), connect(), RAW_TICKET)).toEqual({
      kind: 'refused',
      reason: 'Negotiate: Kerberos is not enabled',
    });
  });

  it('takes no password where NTLM is not enabled', async () => {
    const scheme = await negotiateServer({ kerberos, ntlm: false });
    expect(await send(scheme, connect(), startNtlm(ALICE).negotiate)).toEqual({
      kind: 'refused',
      reason: 'Negotiate: NTLM is not enabled',
    });
    expect(await send(scheme, connect(), startSpnegoNtlm(startNtlm(ALICE)).init)).toEqual({
      kind: 'refused',
      reason: `Negotiate: none of the mechanisms is enabled: ${NTLM_OID}`,
    });
  });
});

describe('SPNEGO with another mechanism before Kerberos', () => {
  const ours = (mechList: Buffer) => Buffer.from(`ours ${mechList.toString('hex')}`);
  const theirs = (mechList: Buffer) => Buffer.from(`theirs ${mechList.toString('hex')}`);
  const kerberos: SecurityMechanism = {
    oids: [KERBEROS, MS_KERBEROS],
    start: () => ({
      step: () => ({
        kind: 'authenticated',
        user: 'carol',
        token: Buffer.from('a proof'),
        integrity: {
          sign: async (mechList) => ours(mechList),
          verify: async (mechList, signature) => theirs(mechList).equals(signature),
        },
      }),
    }),
  };
  const mechList = writeMechList([NEGOEX, KERBEROS, NTLM_OID]);

  /** Up to where the server has proven itself and waits for the signature. */
  async function signedByServer() {
    const scheme = await negotiateServer({ kerberos });
    const peer = connect();
    const first = await exchange(scheme, peer, writeNegTokenInit({ mechList, token: Buffer.from('of NEGOEX') }));
    expect(readNegTokenResp(first)).toMatchObject({ state: 'request-mic', supportedMech: KERBEROS });
    const second = await exchange(scheme, peer, writeNegTokenResp({ token: Buffer.from('a ticket') }));
    return { scheme, peer, second: readNegTokenResp(second) };
  }

  it('signs the list with its last token, since only then the client has its key', async () => {
    const { second } = await signedByServer();
    expect(second).toEqual({
      ...{ state: 'accept-incomplete', supportedMech: undefined },
      ...{ token: Buffer.from('a proof'), mechListMic: ours(mechList) },
    });
  });

  it('lets in a client that signs it, too', async () => {
    const { scheme, peer } = await signedByServer();
    const result = await send(scheme, peer, writeNegTokenResp({ mechListMic: theirs(mechList) }));
    expect(result).toMatchObject({ kind: 'authenticated', user: 'carol' });
    // It is done already, and would take one more token for a mistake.
    expect(result).not.toHaveProperty('token');
  });

  it.each([
    ['another list', theirs(writeMechList([KERBEROS, NTLM_OID]))],
    ['nothing', undefined],
  ])('refuses a client that signs %s', async (_, mechListMic) => {
    const { scheme, peer } = await signedByServer();
    const result = await send(scheme, peer, writeNegTokenResp({ mechListMic }));
    expect(result).toEqual({ kind: 'refused', reason: 'Negotiate: a wrong mechListMIC (user "carol")' });
  });

  it('lets nobody in with a request that says nothing', async () => {
    const { scheme, peer } = await signedByServer();
    await send(scheme, peer, writeNegTokenResp({}));
    expect((await send(scheme, peer, writeNegTokenResp({ mechListMic: theirs(mechList) }))).kind).toBe('refused');
  });
});

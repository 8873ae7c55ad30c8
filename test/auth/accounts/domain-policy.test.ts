import { describe, expect, it } from 'vitest';
import { type DomainPolicy, domainOf } from '../../../src/auth/accounts/domain-policy.js';
import { startNtlm } from '../../../src/auth/ntlm/ntlm-initiator.js';
import { ntlmNamesOf, ownDomains } from '../../../src/auth/ntlm/ntlm-names.js';
import { createBasicScheme } from '../../../src/auth/schemes/basic.js';
import { createNegotiateScheme } from '../../../src/auth/schemes/negotiate.js';
import { accounts, connect, exchange, send } from '../negotiation.js';

const names = ntlmNamesOf('iscsi-a.lab.example', 'lab.example');

async function signIn(
  policy: DomainPolicy,
  user: string,
  domain: string,
  scheme: 'Basic' | 'NTLM',
  configured = names,
) {
  const users = await accounts();
  await users.add('carol@home', 'secret');
  const peer = connect({ loopback: true });
  if (scheme === 'Basic') {
    const name = domain === '' ? user : `${domain}\\${user}`;
    const basic = createBasicScheme(users, { domain: { policy, ours: ownDomains(configured) } });
    return basic.authenticate({ authorization: `Basic ${Buffer.from(`${name}:secret`).toString('base64')}`, peer });
  }
  const negotiate = createNegotiateScheme(users, { names: configured, domain: policy });
  const client = startNtlm({ user, domain, password: 'secret' });
  return send(negotiate, peer, client.authenticate(await exchange(negotiate, peer, client.negotiate)).token);
}

describe.each(['Basic', 'NTLM'] as const)('the domain of a user, by %s', (scheme) => {
  it.each([
    ['ignored', 'alice', '', true],
    ['ignored', 'alice', 'ELSEWHERE', true],
    ['ignored', 'alice@elsewhere', '', true],
    ['matched', 'alice', '', true],
    ['matched', 'alice', 'LAB', true],
    ['matched', 'alice', 'lab.EXAMPLE', true],
    ['matched', 'alice', 'iscsi-a', true],
    ['matched', 'alice', '.', true],
    ['matched', 'alice@lab.example', '', true],
    ['matched', 'alice', 'ELSEWHERE', false],
    ['matched', 'alice', 'LABX', false],
    ['matched', 'alice@lab.example.evil', '', false],
    ['matched', 'carol@home', '', true],
    ['required', 'alice', 'LAB', true],
    ['required', 'alice@LAB', '', true],
    ['required', 'alice', '', false],
    ['required', 'alice', 'ELSEWHERE', false],
  ] as const)('%s: %s in %j: %s', async (policy, user, domain, isIn) => {
    expect((await signIn(policy, user, domain, scheme)).kind).toBe(isIn ? 'authenticated' : 'refused');
  });

  it('is refused with its true reason', async () => {
    expect(await signIn('matched', 'alice', 'ELSEWHERE', scheme)).toMatchObject({
      reason: expect.stringContaining('the domain "ELSEWHERE" is not ours (user "'),
    });
    expect(await signIn('required', 'alice', '', scheme)).toMatchObject({
      reason: expect.stringContaining('no domain, which is required (user "alice")'),
    });
  });

  it('without a dot is that name alone', async () => {
    const lab = ntlmNamesOf('iscsi-a.lab.example', 'lab');
    expect((await signIn('matched', 'alice', 'LAB', scheme, lab)).kind).toBe('authenticated');
    expect((await signIn('matched', 'alice', 'lab.example', scheme, lab)).kind).toBe('refused');
  });
});

describe('the domain in a name', () => {
  it.each([
    ['alice', undefined, ''],
    ['LAB\\alice', 'alice', 'LAB'],
    ['alice@lab', 'alice', 'lab'],
    ['alice@one@two', undefined, 'two'],
    ['@lab', undefined, ''],
    ['carol@HOME', 'Carol@home', ''],
  ])('%s, for the account %s, is %j', (name, account, domain) => {
    expect(domainOf(name, account)).toBe(domain);
  });
});

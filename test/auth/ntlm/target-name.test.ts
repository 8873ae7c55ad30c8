import { describe, expect, it } from 'vitest';
import { startNtlm } from '../../../src/auth/ntlm/ntlm-initiator.js';
import {
  AV_FLAG_UNTRUSTED_TARGET,
  type TargetNamePolicy,
  targetNameProblem,
} from '../../../src/auth/ntlm/target-name.js';
import { ALICE, connect, exchange, NAMES, negotiateServer, send } from '../negotiation.js';

const check = (policy: TargetNamePolicy, name: string, avFlags = 0, hosts: readonly string[] = []) =>
  targetNameProblem({ policy, sent: Buffer.from(name, 'utf16le'), avFlags, names: NAMES, hosts });

describe('the target name of NTLM', () => {
  it.each([
    'HTTP/iscsi-a',
    'http/ISCSI-A.lab.example',
    'WSMAN/iscsi-a.lab.example:5985',
    'HOST/localhost',
    'HTTP/192.0.2.1',
    'HTTP/192.0.2.1:5985',
    'HTTP/[2001:db8::1]:5985',
    'HTTP/[2001:db8::1]',
    'HTTP/2001:db8::1',
  ])('%s is this service', (name) => {
    expect(check('strict', name, 0, ['192.0.2.1', '2001:db8::1'])).toBeUndefined();
  });

  it.each([
    'cifs/iscsi-a',
    'HTTP/other',
    'HTTP/iscsi-a.evil.example',
    'HTTP/iscsi-a/other',
    'iscsi-a',
    'HTTP/',
    '/iscsi-a',
    'HTTP/192.0.2.9',
    'HTTP/[',
    '/',
    'HTTP/::',
  ])('%s is another, unless nobody looks', (name) => {
    const problem = `the target name "${name}" is another service's`;
    expect([check('relaxed', name), check('strict', name), check('none', name)]).toEqual([problem, problem, undefined]);
  });

  it.each([
    ['missing', ''],
    ['from where the client does not trust', 'HTTP/iscsi-a'],
  ])('is needed only when it is required: %s', (_what, name) => {
    const flags = name === '' ? 0 : AV_FLAG_UNTRUSTED_TARGET;
    expect([check('relaxed', name, flags), check('strict', name, flags), check('none', name, flags)]).toEqual([
      undefined,
      'no target name, which is required',
      undefined,
    ]);
  });

  it.each([
    ['none', 'cifs/elsewhere', 'authenticated'],
    ['relaxed', 'cifs/elsewhere', 'refused'],
    ['relaxed', 'HTTP/192.0.2.200', 'authenticated'],
    ['strict', 'HTTP/proxy.example', 'authenticated'],
    ['strict', '', 'refused'],
  ] as const)('decides about a client: %s, %j: %s', async (targetName, name, kind) => {
    const scheme = await negotiateServer({ targetName, hosts: ['proxy.example'] });
    const peer = connect({ localAddress: '192.0.2.200' });
    const client = startNtlm(ALICE, { targetName: name });
    const { token } = client.authenticate(await exchange(scheme, peer, client.negotiate));
    expect((await send(scheme, peer, token)).kind).toBe(kind);
  });
});

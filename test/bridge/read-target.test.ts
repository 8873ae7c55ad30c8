import { describe, expect, it } from 'vitest';
import { readTarget } from '../../src/bridge/read-target.js';
import { createSecrets } from '../../src/bridge/secrets.js';
import { resolveClientOptions } from '../../src/client/client-options.js';

const url = 'https://host:5986/wsman';
const account = { url, authentication: 'negotiate', user: 'u', password: 'hidden' };
const read = (target: object) => readTarget(target, createSecrets());

describe('a target', () => {
  it.each<readonly [string, object, object]>([
    ['an account', account, { url, auth: 'negotiate', user: 'u', password: 'hidden', namespace: 'root/cimv2' }],
    ['an account without a password', { url, authentication: 'basic', user: 'u' }, { auth: 'basic', password: '' }],
    [
      'tickets',
      { url, authentication: 'kerberos', spnWithPort: true },
      { auth: 'kerberos', encodePortInServicePrincipalName: true },
    ],
    ['nobody', { url, authentication: 'none' }, { url }],
    [
      'a certificate',
      { url, authentication: 'certificate', certificate: 'C', privateKey: 'K' },
      { clientCertificate: { cert: 'C', key: 'K' } },
    ],
    ['a fingerprint', { ...account, fingerprint256: 'AB' }, { tls: { fingerprint256: 'AB', skipCACheck: false } }],
    [
      'checks to skip',
      { ...account, skipCACheck: true, skipCNCheck: true, skipRevocationCheck: true },
      { tls: { skipCACheck: true, skipCNCheck: true } },
    ],
    [
      'languages and sizes',
      {
        ...account,
        culture: 'de-DE',
        uiCulture: 'fr',
        encoding: 'utf-16',
        maxEnvelopeSizeKB: 100,
        operationTimeoutSec: 2,
      },
      { dataLocale: 'de-DE', locale: 'fr', charset: 'utf-16', maxEnvelopeSize: 102_400, operationTimeoutMs: 2000 },
    ],
    [
      'a proxy',
      { ...account, proxy: { url: 'http://p:3128', authentication: 'basic', user: 'v', password: 'w' } },
      { proxy: { url: 'http://p:3128', user: 'v', password: 'w' } },
    ],
    ['a proxy for everybody', { ...account, proxy: { url: 'http://p:3128' } }, { proxy: { url: 'http://p:3128' } }],
  ])('with %s becomes options that the client takes', (_what, target, expected) => {
    const options = read(target);
    expect(options).toMatchObject(expected);
    expect(() => resolveClientOptions(options)).not.toThrow();
  });

  it.each<readonly [object, string]>([
    [{ authentication: 'none' }, 'target.url: nothing where a text is wanted'],
    [{ url }, 'target.authentication: nothing where a text is wanted'],
    [
      { url, authentication: 'digest' },
      "target.authentication: 'digest' where negotiate, kerberos, basic, certificate or none is wanted",
    ],
    [{ url, authentication: 'negotiate' }, 'target.user: negotiate needs one'],
    [{ url, authentication: 'certificate', certificate: 'C' }, 'target: certificate and privateKey are both needed'],
    [{ ...account, password: 5 }, 'target.password: it is no text'],
    [{ ...account, skipCACheck: 'yes' }, "target.skipCACheck: 'yes' where true or false is wanted"],
    [{ ...account, maxEnvelopeSizeKB: 0 }, 'target.maxEnvelopeSizeKB: 0 where a number above 0 is wanted'],
    [
      { ...account, proxy: { url: 'http://p', authentication: 'ntlm' } },
      "target.proxy.authentication: 'ntlm' where none or basic is wanted",
    ],
    [
      { ...account, proxy: { url: 'http://p', authentication: 'basic' } },
      'target.proxy.user: nothing where a text is wanted',
    ],
    [{ ...account, port: 1 }, 'target.port: no such member: '],
  ])('%j is refused by the name of the member', (target, message) => {
    expect(() => read(target)).toThrow(message);
  });

  it('has its secrets remembered, which are masked from then on', () => {
    const secrets = createSecrets();
    readTarget(
      { ...account, proxy: { url: 'http://p', authentication: 'basic', user: 'v', password: 'hid' } },
      secrets,
    );
    expect(secrets.mask('hidden, hid; shown')).toBe('***, ***; shown');
  });
});

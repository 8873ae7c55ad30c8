import { describe, expect, it } from 'vitest';
import { type ClientOptions, resolveClientOptions } from '../../src/client/client-options.js';
import { OptionError } from '../../src/options/option-error.js';

const url = 'http://127.0.0.1:5985/wsman';

describe('the options of a client', () => {
  it('default to the iSCSI Target namespace and DMTF resource URIs', () => {
    expect(resolveClientOptions({ url })).toMatchObject({
      namespace: 'root/cimv2/storage/iScsiTarget',
      family: 'dmtf',
      maxEnvelopeSize: 512_000,
    });
  });

  it.each(['http://127.0.0.1:5985', 'http://localhost:5985', 'http://[::1]:5985', 'https://server.example:5986'])(
    'let credentials go to %s',
    (target) => {
      expect(resolveClientOptions({ url: target, user: 'u', password: 'p' }).credentials).toEqual({
        user: 'u',
        password: 'p',
      });
    },
  );

  it.each(['http://server.example:5985', 'http://127.0.0.1.example:5985', 'http://10.0.0.1'])(
    'keep Basic credentials from going unencrypted to %s',
    (target) => {
      expect(() => resolveClientOptions({ url: target, user: 'u', auth: 'basic' })).toThrow(/unencrypted/);
    },
  );

  it('let them go unencrypted when told so', () => {
    const options = { url: 'http://server.example', user: 'u', auth: 'basic', allowUnencrypted: true } as const;
    expect(resolveClientOptions(options).credentials?.user).toBe('u');
  });

  it.each([
    ['no URL', { url: 'server' }],
    ['another protocol', { url: 'ftp://server/wsman' }],
    ['credentials in the URL', { url: 'http://u:p@127.0.0.1/wsman' }],
    ['a timeout of nothing', { url, operationTimeoutMs: 0 }],
    ['an envelope size below 8192', { url, maxEnvelopeSize: 100 }],
    ['a locale that is no language tag', { url, locale: 'en US' }],
    ['a locale of data that is no language tag', { url, dataLocale: '"' }],
    ['a proxy without a URL', { url, proxy: { url: 'proxy:3128' } }],
    ['credentials in the URL of a proxy', { url, proxy: { url: 'http://u:p@proxy:3128' } }],
  ])('refuse %s', (_what, options) => {
    expect(() => resolveClientOptions(options)).toThrow(TypeError);
  });

  it('keep Basic credentials for this machine from a proxy on another', () => {
    const through = (proxy: string) =>
      resolveClientOptions({ url, user: 'u', auth: 'basic', proxy: { url: proxy } }).allowBasic;
    expect(() => through('http://proxy.example:3128')).toThrow(/unencrypted/);
    expect(through('http://127.0.0.1:3128')).toBe(true);
  });

  it.each([
    [{}, ['en-US', 'en-US']],
    [{ locale: 'de-DE' }, ['de-DE', 'de-DE']],
    [{ dataLocale: 'zh-Hans-CN' }, ['en-US', 'zh-Hans-CN']],
    [{ locale: 'fr', dataLocale: '' }, ['fr', '']],
  ])('have languages of texts and of values: %j', (options, expected) => {
    const { locale, dataLocale } = resolveClientOptions({ url, ...options });
    expect([locale, dataLocale]).toEqual(expected);
  });

  it('may be there without a value', () => {
    const options = { charset: undefined, resourceUriFamily: undefined, values: undefined };
    expect(resolveClientOptions({ url, ...options } as unknown as ClientOptions).charset).toBe('utf-8');
  });

  it('never show the password of a URL', () => {
    expect(() => resolveClientOptions({ url: 'http://u:secret@127.0.0.1/wsman' })).not.toThrow(/secret/);
  });
});

describe('misspelt options of a client', () => {
  it.each([
    [{ url, username: 'x' }, "unknown option 'username': did you mean 'user'?"],
    [{ url, tls: { skipCnCheck: true } }, "tls: unknown option 'skipCnCheck': did you mean 'skipCNCheck'?"],
    [{ url, proxy: { url, pasword: 'x' } }, "proxy: unknown option 'pasword': did you mean 'password'?"],
    [{ url, tls: { fingerprint: 'x' } }, "tls: unknown option 'fingerprint': did you mean 'fingerprint256'?"],
    [
      { url, clientCertificate: { certificate: 'x' } },
      "clientCertificate: unknown option 'certificate': did you mean 'cert'?",
    ],
    [{ url, clientCertificate: { cert: 'x' } }, 'clientCertificate: cert and key are both needed'],
    [{ url, charset: 'UTF-8' }, "charset: 'UTF-8' is not one of utf-8, utf-16: did you mean 'utf-8'?"],
    [{ url, resourceUriFamily: 'wim' }, "resourceUriFamily: 'wim' is not one of dmtf, wmi: did you mean 'wmi'?"],
    [{ url, values: 'test' }, "values: 'test' is not one of typed, text: did you mean 'text'?"],
    [{}, 'url is missing: where is the endpoint?'],
    [undefined, 'the options: an object with a url is needed'],
  ])('are errors that name the nearest name (%#)', (options, message) => {
    expect(() => resolveClientOptions(options as unknown as ClientOptions)).toThrow(new OptionError(message));
  });
});

describe('the zone of an IPv6 address', () => {
  it.each(['http://[fe80::1%25eth0]:5985', 'http://[fe80::1%eth0]:5985/wsman'])('is taken out of %s', (url) => {
    const settings = resolveClientOptions({ url });
    expect([settings.url.href, settings.zone]).toEqual(['http://[fe80::1]:5985/wsman', 'eth0']);
  });
});

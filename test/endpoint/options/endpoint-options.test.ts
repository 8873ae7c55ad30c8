import { describe, expect, it } from 'vitest';
import { checkedOptions, type EndpointOptions } from '../../../src/endpoint/options/endpoint-options.js';
import { OptionError } from '../../../src/options/option-error.js';

/** As JavaScript gives them. */
const check = (options: unknown) => () => checkedOptions(options as EndpointOptions);

describe('the options of an endpoint', () => {
  it.each([
    {},
    { port: 'off', httpsPort: 0 },
    { lab: undefined, users: [] },
    { users: [{ name: 'a', password: 'b', roles: ['read'] }], lockOut: 'off', logLevel: 'silent', seed: 4 },
    { limits: { maxConnections: 5 }, settings: { maxBatchItems: 5 }, authentication: { kerberos: undefined } },
    { namespace: '\\\\.\\root\\cimv2', schemaDir: ['built-in', 'x.mof'] },
    { logger: console, clock: Date.now, interceptors: { message: [], cim: [] } },
  ])('pass (%#)', (options) => {
    expect(check(options)).not.toThrow();
  });

  it.each([
    [{ userz: 1 }, "unknown option 'userz': did you mean 'users'?"],
    [{ limits: { maxConections: 1 } }, "limits: unknown option 'maxConections': did you mean 'maxConnections'?"],
    [{ settings: { maxBatchItem: 1 } }, "settings: unknown option 'maxBatchItem': did you mean 'maxBatchItems'?"],
    [{ lockOut: { freeFailure: 1 } }, "lockOut: unknown option 'freeFailure': did you mean 'freeFailures'?"],
    [{ authentication: { bsic: true } }, "authentication: unknown option 'bsic': did you mean 'basic'?"],
    [
      { authentication: { kerberos: { keytap: 'x' } } },
      "authentication.kerberos: unknown option 'keytap': did you mean 'keytab'?",
    ],
    [{ users: [{ name: 'a', pasword: 'b' }] }, "users[0]: unknown option 'pasword': did you mean 'password'?"],
    [{ certificate: { certpath: 'x' } }, "certificate: unknown option 'certpath': did you mean 'certPath'?"],
    [
      { clientCertificates: { caPath: 'x', mapping: [] }, httpsPort: 0 },
      "clientCertificates: unknown option 'mapping': did you mean 'mappings'?",
    ],
    [{ interceptors: { messages: [] } }, "interceptors: unknown option 'messages': did you mean 'message'?"],
  ])('are refused when one is misspelt, with the nearest name: %j', (options, message) => {
    expect(check(options)).toThrow(new OptionError(message));
  });

  it.each([
    [null, 'the options: null is not an object'],
    [{ port: '5985x' }, "port: '5985x' is not a whole number from 0 to 65535, or 'off'"],
    [{ httpsPort: 70_000 }, "httpsPort: 70000 is not a whole number from 0 to 65535, or 'off'"],
    [{ logLevel: 'verbose' }, "logLevel: 'verbose' is not one of silent, fatal, error, warn, info, debug, trace"],
    [{ users: { name: 'a', password: 'b' } }, 'users: an object is not an array'],
    [{ users: [{ name: 'a' }] }, 'users[0]: password is missing'],
    [{ certificate: { certPath: 'x' } }, 'certificate: keyPath is missing'],
    [{ settings: { maxBatchItems: 0 } }, 'settings.maxBatchItems: 0 is not a whole number from 1'],
    [{ profile: 'window' }, "profile: 'window' is not one of smi-s, windows: did you mean 'windows'?"],
    [{ clock: 5 }, 'clock: 5 is not a function'],
    [{ namespace: 'root/a b' }, 'namespace: expected a namespace, as root/cimv2'],
    [{ namespace: 5 }, 'namespace: 5 is not a string'],
    [{ store: {} }, 'store: an object is not an object with the methods transaction, get, close'],
    [{ logger: {} }, 'logger: an object is not an object with the methods debug, info, warn, error'],
    [{ interceptors: { cim: [5] } }, 'interceptors.cim[0]: 5 is not a function'],
  ])('are refused when one has a value that it cannot have: %j', (options, message) => {
    expect(check(options)).toThrow(new OptionError(message));
  });

  it.each([
    [{ port: 'off' }, "port: both port and httpsPort are 'off', so nothing would be listened on"],
    [{ clientCertificates: { caPath: 'x' } }, 'clientCertificates: there is no HTTPS listener'],
    [
      { authentication: { basic: false, negotiate: false } },
      'authentication: at least one of negotiate, kerberos and basic must be left',
    ],
  ])('are refused when they do not go together: %j', (options, message) => {
    expect(check(options)).toThrow(message);
  });

  it('have nothing undefined among the limits, which would take the place of a default', () => {
    const given = { limits: { maxConnections: undefined }, settings: { maxBatchItems: undefined, maxTimeoutMs: 5 } };
    const lockOut = { entries: undefined, freeFailures: 2 };
    expect(checkedOptions({ ...given, lockOut } as unknown as EndpointOptions)).toStrictEqual({
      limits: {},
      settings: { maxTimeoutMs: 5 },
      lockOut: { freeFailures: 2 },
    });
  });
});

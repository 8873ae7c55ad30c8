import { CimJsonError } from '../cimjson/cim-json-error.js';
import {
  type JsonObject,
  placeOf,
  readFlag,
  readName,
  readObject,
  readOptional,
  readText,
  wrong,
} from '../cimjson/read-json.js';
import type { ClientAuthMethod, ClientOptions } from '../client/client-options.js';
import type { ClientProxy } from '../client/transport/proxy-tunnel.js';
import type { ClientTlsOptions } from '../client/transport/tls-connector.js';
import type { Secrets } from './secrets.js';

const TARGET = 'target';
const MEMBERS: ReadonlySet<string> = new Set([
  ...['url', 'authentication', 'user', 'password', 'certificate', 'privateKey', 'fingerprint256', 'skipCACheck'],
  ...['skipCNCheck', 'skipRevocationCheck', 'allowUnencrypted', 'encoding', 'culture', 'uiCulture'],
  ...['maxEnvelopeSizeKB', 'operationTimeoutSec', 'proxy', 'spnWithPort'],
]);

/** The namespace of calls that name none, as Microsoft's cmdlets have it. */
export const DEFAULT_NAMESPACE = 'root/cimv2';

/**
 * Reads the target of `open`.
 *
 * @param secrets gets those of the target
 * @throws CimJsonError, which shows none of them
 */
export function readTarget(json: unknown, secrets: Secrets): ClientOptions {
  const target = readObject(json, TARGET, MEMBERS);
  const text = (member: string) => readOptional(readText, target, member, TARGET);
  const locale = text('uiCulture');
  const dataLocale = text('culture');
  const charset = text('encoding');
  const size = positive(target, 'maxEnvelopeSizeKB');
  const timeout = positive(target, 'operationTimeoutSec');
  return {
    url: readText(target, 'url', TARGET),
    ...readSignIn(target, secrets),
    namespace: DEFAULT_NAMESPACE,
    ...(readFlag(target, 'allowUnencrypted', TARGET) && { allowUnencrypted: true }),
    tls: readTls(target),
    ...(target.proxy !== undefined && { proxy: readProxy(target.proxy, secrets) }),
    ...(readFlag(target, 'spnWithPort', TARGET) && { encodePortInServicePrincipalName: true }),
    ...(charset !== undefined && { charset: charset as 'utf-8' }),
    ...(locale !== undefined && { locale }),
    ...(dataLocale !== undefined && { dataLocale }),
    ...(size !== undefined && { maxEnvelopeSize: size * 1024 }),
    ...(timeout !== undefined && { operationTimeoutMs: timeout * 1000 }),
  };
}

function readTls(target: JsonObject): ClientTlsOptions {
  // No client looks at revocation lists: there is nothing to skip.
  readFlag(target, 'skipRevocationCheck', TARGET);
  const fingerprint256 = readOptional(readText, target, 'fingerprint256', TARGET);
  return {
    skipCACheck: readFlag(target, 'skipCACheck', TARGET),
    skipCNCheck: readFlag(target, 'skipCNCheck', TARGET),
    ...(fingerprint256 !== undefined && { fingerprint256 }),
  };
}

function readProxy(json: unknown, secrets: Secrets): ClientProxy {
  const place = placeOf(TARGET, 'proxy');
  const proxy = readObject(json, place, new Set(['url', 'authentication', 'user', 'password']));
  const authentication = readOptional(readText, proxy, 'authentication', place) ?? 'none';
  const url = readText(proxy, 'url', place);
  if (authentication === 'none') return { url };
  if (authentication !== 'basic') throw wrong(authentication, placeOf(place, 'authentication'), 'none or basic');
  const password = readSecret(proxy, 'password', place, secrets);
  return { url, user: readName(proxy, 'user', place), password: password ?? '' };
}

/** A text that no message shows. */
function readSecret(object: JsonObject, member: string, place: string, secrets: Secrets): string | undefined {
  const given = object[member];
  if (given === undefined) return undefined;
  if (typeof given !== 'string') throw new CimJsonError(placeOf(place, member), 'it is no text');
  secrets.add(given);
  return given;
}

function readSignIn(target: JsonObject, secrets: Secrets): Partial<ClientOptions> {
  const authentication = readText(target, 'authentication', TARGET);
  const user = readOptional(readText, target, 'user', TARGET);
  const password = readSecret(target, 'password', TARGET, secrets);
  const certificate = readOptional(readText, target, 'certificate', TARGET);
  const privateKey = readSecret(target, 'privateKey', TARGET, secrets);
  switch (authentication) {
    case 'none':
      return {};
    case 'kerberos':
      return { auth: 'kerberos' };
    case 'negotiate':
    case 'basic':
      if (user === undefined) throw new CimJsonError(placeOf(TARGET, 'user'), `${authentication} needs one`);
      return { auth: authentication satisfies ClientAuthMethod, user, password: password ?? '' };
    case 'certificate':
      if (certificate === undefined || privateKey === undefined)
        throw new CimJsonError(TARGET, 'certificate and privateKey are both needed');
      return { clientCertificate: { cert: certificate, key: privateKey } };
    default:
      throw wrong(authentication, placeOf(TARGET, 'authentication'), 'negotiate, kerberos, basic, certificate or none');
  }
}

/** A number above 0. */
function positive(target: JsonObject, member: string): number | undefined {
  const number = target[member];
  if (number === undefined) return undefined;
  if (typeof number !== 'number' || !(number > 0)) throw wrong(number, placeOf(TARGET, member), 'a number above 0');
  return number;
}

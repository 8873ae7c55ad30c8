import { checkNames, oneOf } from '../options/option-checks.js';
import { OptionError } from '../options/option-error.js';
import type { MessageCharset } from './message/message-charset.js';
import type { RequestOptions } from './message/request-envelope.js';
import type { ResourceUriFamily } from './message/resource-uri.js';
import type { ClientProxy } from './transport/proxy-tunnel.js';
import type { ClientCertificateAndKey, ClientTlsOptions } from './transport/tls-connector.js';

/**
 * `negotiate`: NTLMv2 in SPNEGO; messages are sealed over plain HTTP. `kerberos`: whose tickets are in the system's cache (`kinit`),
 * without user and password, sealed likewise. `basic`: the password with every message. `auto`: Negotiate;
 * where the endpoint does not offer it, Basic, but never over plain HTTP to another host, unless `allowUnencrypted`. A refused
 * password is not tried again in another way.
 */
export type ClientAuthMethod = 'auto' | 'negotiate' | 'kerberos' | 'basic';

export interface ClientOptions {
  /**
   * `http://host:5985/wsman` or `https://host:5986/wsman`; a URL without a path gets `/wsman`. An IPv6 address may have a zone:
   * `http://[fe80::1%25eth0]:5985`.
   */
  readonly url: string;
  /** `name`, `DOMAIN\name` or `name@domain`. Without a user, no credentials are sent. */
  readonly user?: string;
  readonly password?: string;
  /** How to sign in; `auto` by default. */
  readonly auth?: ClientAuthMethod;
  /**
   * Lets Basic credentials go over plain HTTP to another host than this one, and takes answers in clear to sealed messages:
   * what AllowUnencrypted is to Windows' client.
   */
  readonly allowUnencrypted?: boolean;
  readonly tls?: ClientTlsOptions;
  /** A proxy that all connections go through, by CONNECT. */
  readonly proxy?: ClientProxy;
  /** Service principals have the port in their names: `HTTP/host:5985`. For Kerberos, and what NTLM says of its target. */
  readonly encodePortInServicePrincipalName?: boolean;
  /** Signs in by certificate, over HTTPS only, and in place of a user. */
  readonly clientCertificate?: ClientCertificateAndKey;
  /** CIM namespace of paths that name none; `root/cimv2/storage/iScsiTarget` by default. */
  readonly namespace?: string;
  /** Form of the resource URIs: `dmtf` (default), as the CIM cmdlets write them, or `wmi`, as `winrm` does. */
  readonly resourceUriFamily?: ResourceUriFamily;
  /** Language of fault texts (`w:Locale`), as a tag: `en-US` by default. What PowerShell calls UICulture. */
  readonly locale?: string;
  /** Language by which values are written (`p:DataLocale`); by default the same. What PowerShell calls Culture. */
  readonly dataLocale?: string;
  /** `w:Option` elements of every request; those of a call stand in place of ones with the same name. */
  readonly options?: RequestOptions;
  /** Milliseconds the server may take; without it the server's own limit holds, and the client waits 60 s. */
  readonly operationTimeoutMs?: number;
  /** Bytes an answer may have; 512000 by default. */
  readonly maxEnvelopeSize?: number;
  /** Encoding of requests; `utf-8` by default. */
  readonly charset?: MessageCharset;
  /** HTTP headers for every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * `typed` (default): values of instances and outputs of methods take the types that their class declares; the declaration is
   * fetched with the first instance or output of a class and kept. `text`: no declarations are fetched, and numbers and booleans
   * stay text.
   */
  readonly values?: 'typed' | 'text';
  /** Is given each answer as it came, faults apart. */
  readonly onAnswer?: (xml: string) => void;
}

export interface ClientCredentials {
  readonly user: string;
  readonly password: string;
}

/** The options with their defaults, checked. */
export interface ClientSettings {
  readonly url: URL;
  /** The zone of the IPv6 address in the URL, which a URL of Node's cannot have. */
  readonly zone: string | undefined;
  readonly credentials: ClientCredentials | undefined;
  readonly auth: ClientAuthMethod;
  /** Whether passwords may go over this URL as they are. */
  readonly allowBasic: boolean;
  readonly allowUnencrypted: boolean;
  readonly tls: ClientTlsOptions | undefined;
  readonly proxy: ClientProxy | undefined;
  readonly encodePortInServicePrincipalName: boolean;
  readonly clientCertificate: ClientCertificateAndKey | undefined;
  readonly namespace: string;
  readonly family: ResourceUriFamily;
  readonly locale: string;
  readonly dataLocale: string;
  readonly options: RequestOptions;
  readonly operationTimeoutMs: number | undefined;
  readonly maxEnvelopeSize: number;
  readonly charset: MessageCharset;
  readonly headers: Readonly<Record<string, string>>;
  readonly values: 'typed' | 'text';
  readonly onAnswer: ((xml: string) => void) | undefined;
}

/** Every option: what else there is is misspelt. */
const OPTION_NAMES: Readonly<Record<keyof ClientOptions, true>> = {
  url: true,
  user: true,
  password: true,
  auth: true,
  allowUnencrypted: true,
  tls: true,
  proxy: true,
  encodePortInServicePrincipalName: true,
  clientCertificate: true,
  namespace: true,
  resourceUriFamily: true,
  locale: true,
  dataLocale: true,
  options: true,
  operationTimeoutMs: true,
  maxEnvelopeSize: true,
  charset: true,
  headers: true,
  values: true,
  onAnswer: true,
};
const TLS_NAMES: Readonly<Record<keyof ClientTlsOptions, true>> = {
  ca: true,
  rejectUnauthorized: true,
  skipCACheck: true,
  skipCNCheck: true,
  fingerprint256: true,
};
const PROXY_NAMES: Readonly<Record<keyof ClientProxy, true>> = { url: true, user: true, password: true };
const CERTIFICATE_NAMES: Readonly<Record<keyof ClientCertificateAndKey, true>> = { cert: true, key: true };

/** Options that are one of some words: another one would be taken for the last of them. */
const WORD_CHECKS = {
  charset: oneOf('utf-8', 'utf-16'),
  resourceUriFamily: oneOf('dmtf', 'wmi'),
  values: oneOf('typed', 'text'),
};

/** @throws OptionError (a TypeError) that says which option there is not, or is wrong */
export function resolveClientOptions(options: ClientOptions): ClientSettings {
  checkOptionNames(options);
  const { url, zone } = parseUrl(options.url);
  const { user, password = '', auth = 'auto', allowUnencrypted = false, maxEnvelopeSize = 512_000 } = options;
  const settings: ClientSettings = {
    url,
    zone,
    credentials: user === undefined ? undefined : { user, password },
    auth,
    allowBasic: url.protocol === 'https:' || allowUnencrypted || staysHere(url, options.proxy),
    allowUnencrypted,
    tls: options.tls,
    proxy: options.proxy,
    encodePortInServicePrincipalName: options.encodePortInServicePrincipalName ?? false,
    clientCertificate: options.clientCertificate,
    namespace: options.namespace ?? 'root/cimv2/storage/iScsiTarget',
    family: options.resourceUriFamily ?? 'dmtf',
    locale: checkLanguage('locale', options.locale ?? 'en-US'),
    dataLocale: checkLanguage('dataLocale', options.dataLocale ?? options.locale ?? 'en-US'),
    options: options.options ?? {},
    operationTimeoutMs: options.operationTimeoutMs,
    maxEnvelopeSize,
    charset: options.charset ?? 'utf-8',
    headers: options.headers ?? {},
    values: options.values ?? 'typed',
    onAnswer: options.onAnswer,
  };
  checkSignIn(settings);
  checkBounds(settings);
  return settings;
}

/** Each way to sign in brings credentials of its own, and none goes where others could read it. */
function checkSignIn({ url, auth, credentials, clientCertificate, allowBasic }: ClientSettings): void {
  if (clientCertificate !== undefined) {
    if (url.protocol !== 'https:') throw new OptionError('a client certificate signs in over https only');
    if (credentials !== undefined) throw new OptionError('either a client certificate signs in, or a user');
  }
  if (!AUTH_METHODS.includes(auth)) throw new OptionError(`auth must be one of ${AUTH_METHODS.join(', ')}`);
  if (auth === 'kerberos' && (credentials !== undefined || clientCertificate !== undefined))
    throw new OptionError('Kerberos signs in whose tickets are in the cache (kinit): no user, password or certificate');
  if (credentials !== undefined && auth === 'basic' && !allowBasic) {
    throw new OptionError(
      `the password would go unencrypted to ${url.host}: use https or Negotiate, or allow unencrypted credentials explicitly`,
    );
  }
}

function checkBounds({ operationTimeoutMs, maxEnvelopeSize }: ClientSettings): void {
  if (operationTimeoutMs !== undefined && !(operationTimeoutMs > 0 && operationTimeoutMs <= 86_400_000)) {
    throw new OptionError('the operation timeout must be between one millisecond and a day');
  }
  // DSP0226 §6.2: no endpoint may answer a smaller one.
  if (!Number.isInteger(maxEnvelopeSize) || maxEnvelopeSize < 8192) {
    throw new OptionError('maxEnvelopeSize must be an integer of at least 8192');
  }
}

/** All of them, for the command line too. */
export const AUTH_METHODS: readonly ClientAuthMethod[] = ['auto', 'negotiate', 'kerberos', 'basic'];

function checkOptionNames(options: ClientOptions): void {
  if (typeof options !== 'object' || options === null)
    throw new OptionError('the options: an object with a url is needed');
  checkNames('', options, Object.keys(OPTION_NAMES));
  if (options.url === undefined) throw new OptionError('url is missing: where is the endpoint?');
  for (const name of ['charset', 'resourceUriFamily', 'values'] as const)
    if (options[name] !== undefined) WORD_CHECKS[name](name, options[name]);
  if (options.tls) checkNames('tls', options.tls, Object.keys(TLS_NAMES));
  if (options.proxy) checkProxy(options.proxy);
  if (options.clientCertificate) checkCertificate(options.clientCertificate);
}

function checkProxy(proxy: ClientProxy): void {
  checkNames('proxy', proxy, Object.keys(PROXY_NAMES));
  const url = URL.canParse(proxy.url) ? new URL(proxy.url) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new OptionError(`proxy: '${proxy.url}' is not an http or https URL such as http://proxy:3128`);
  if (url.username !== '' || url.password !== '')
    throw new OptionError('proxy: user and password belong into their own options, not into the URL');
}

/** BCP 47, by its form; an empty one is that of no language. @throws OptionError */
export function checkLanguage(name: string, tag: string): string {
  if (/^(?:[a-z]{1,8}(?:-[a-z0-9]{1,8})*)?$/i.test(tag)) return tag;
  throw new OptionError(`${name}: '${tag}' is not a language tag such as en-US`);
}

/** Whoever has both may keep more beside them: a serial number, say. */
function checkCertificate(certificate: Partial<ClientCertificateAndKey>): void {
  if (certificate.cert !== undefined && certificate.key !== undefined) return;
  checkNames('clientCertificate', certificate, Object.keys(CERTIFICATE_NAMES));
  throw new OptionError('clientCertificate: cert and key are both needed');
}

/** RFC 6874: the zone stands behind `%25`; people write `%` alone, too. */
const ZONE = /^(https?:\/\/\[[0-9a-f:.]+)%(?:25)?([\w.~-]+)(?=\])/i;

function parseUrl(given: string): { readonly url: URL; readonly zone: string | undefined } {
  const zone = ZONE.exec(given)?.[2];
  const text = zone === undefined ? given : given.replace(ZONE, '$1');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new OptionError(`'${given}' is not an http or https URL such as http://127.0.0.1:5985/wsman`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new OptionError('user and password belong into their own options, not into the URL');
  }
  if (url.pathname === '/') url.pathname = '/wsman';
  return { url, zone };
}

/** Whether what goes to a URL in clear leaves the machine. */
function staysHere({ hostname }: URL, proxy: ClientProxy | undefined): boolean {
  return isLoopback(hostname) && (proxy === undefined || isLoopback(new URL(proxy.url).hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

import type { ClientOptions } from '../../client/client-options.js';

/** What is examined. */
export interface DoctorTarget {
  readonly url: URL;
  /** The zone of the IPv6 address in the URL, which a URL of Node's cannot have. */
  readonly zone?: string | undefined;
  /** As the client's commands would have them, credentials among them. */
  readonly client: ClientOptions;
  readonly namespace: string;
  /** Milliseconds that each step may take. */
  readonly timeoutMs: number;
}

/** The host without the brackets of an IPv6 address, which has its zone. */
export function hostOf({ url, zone }: DoctorTarget): string {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return zone === undefined ? host : `${host}%${zone}`;
}

/** The URL, as the commands take it. */
export function hrefOf({ url, zone }: DoctorTarget): string {
  return zone === undefined ? url.href : url.href.replace(']', `%25${zone}]`);
}

export function portOf({ url }: DoctorTarget): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** The URL with another protocol or port, for a remedy. */
export function urlWith({ url, zone }: DoctorTarget, protocol: 'http' | 'https', port = url.port): string {
  const host = zone === undefined ? url.hostname : url.hostname.replace(']', `%25${zone}]`);
  return `${protocol}://${host}${port === '' ? '' : `:${port}`}${url.pathname}`;
}

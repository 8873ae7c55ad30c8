import type { ClientOptions } from '../../client/client-options.js';

/** What is examined. */
export interface DoctorTarget {
  readonly url: URL;
  /** As the client's commands would have them, credentials among them. */
  readonly client: ClientOptions;
  readonly namespace: string;
  /** Milliseconds that each step may take. */
  readonly timeoutMs: number;
}

/** The host without the brackets of an IPv6 address. */
export function hostOf({ url }: DoctorTarget): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

export function portOf({ url }: DoctorTarget): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** The URL with another protocol or port, for a remedy. */
export function urlWith({ url }: DoctorTarget, protocol: 'http' | 'https', port = url.port): string {
  return `${protocol}://${url.hostname}${port === '' ? '' : `:${port}`}${url.pathname}`;
}

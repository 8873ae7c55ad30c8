import { channel } from 'node:diagnostics_channel';

/** What came of the question who sent a request. */
export interface AuthenticationNews {
  /** `challenged`: without credentials, as many clients begin; `continue`: a scheme of several steps goes on. */
  readonly result: 'authenticated' | 'refused' | 'challenged' | 'continue' | 'overloaded';
  /** The first word of `Authorization` where it is one that there is, `other`, or `none` for none (a certificate, a challenge). */
  readonly scheme: string;
  /** Who it is; undefined unless the result is `authenticated`. */
  readonly user: string | undefined;
  readonly peer: string;
  readonly tls: boolean;
}

export interface ConnectionNews {
  readonly peer: string;
  /** The port of ours. */
  readonly port: number;
  readonly tls: boolean;
}

/** Hears what happens on the listeners of an endpoint. It is called on the way of requests, and must not throw. */
export interface HttpObserver {
  authentication?(news: AuthenticationNews): void;
  connectionOpened?(news: ConnectionNews): void;
  connectionClosed?(news: ConnectionNews): void;
}

/** The same for whoever listens in this process, of all its endpoints (docs/watching.md); without anybody they cost a look. */
const channels = {
  authentication: channel('cimulator:authentication'),
  connectionOpened: channel('cimulator:connection:open'),
  connectionClosed: channel('cimulator:connection:close'),
};

/** Published once for each message that was answered: the line that the log has at `info`, as an object. */
export const exchangeChannel = channel('cimulator:exchange');

/** Tells of what happened, if there is anybody to tell; `news` is made only then. */
export function tell<K extends keyof HttpObserver>(
  observer: HttpObserver | undefined,
  kind: K,
  news: () => Parameters<NonNullable<HttpObserver[K]>>[0],
): void {
  const listen = observer?.[kind] as ((news: unknown) => void) | undefined;
  const published = channels[kind];
  if (listen === undefined && !published.hasSubscribers) return;
  const told = news();
  listen?.(told);
  if (published.hasSubscribers) published.publish(told);
}

/** Whether anybody hears of connections. */
export function isHeard(observer: HttpObserver | undefined): boolean {
  if (channels.connectionOpened.hasSubscribers || channels.connectionClosed.hasSubscribers) return true;
  return observer?.connectionOpened !== undefined || observer?.connectionClosed !== undefined;
}

import type { AllowUnencrypted } from '../auth/schemes/allow-unencrypted.js';
import type { Authenticator } from '../auth/schemes/authenticator.js';
import type { WsmanService } from '../wsman/wsman-service.js';
import { Haste } from './haste.js';
import { hostInUrl } from './host-in-url.js';
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from './http-limits.js';
import type { HttpObserver } from './http-observer.js';
import { type HttpServer, openHttpServer } from './http-server.js';
import type { Logger } from './logger.js';
import type { TlsSettings } from './node-server.js';
import type { TellReasons } from './tell-reasons.js';

export interface ListenersOptions {
  /** Address or host name to listen on. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number | 'off';
  readonly https: { readonly port: number; readonly identity: TlsSettings } | 'off';
  readonly authenticator: Authenticator;
  /** Which of several computers listens; undefined for the only one. */
  readonly hostName?: string | undefined;
  /**
   * From whom messages in clear are taken over plain HTTP. From callers on this machine, the default, only on connections where sealing
   * was not agreed on.
   */
  readonly allowUnencrypted?: AllowUnencrypted;
  readonly logger: Logger;
  readonly limits?: Partial<HttpLimits>;
  /** Largest request body in bytes, asked for each request: for a limit that changes. Default: that of `limits`. */
  readonly maxBodyBytes?: () => number;
  /** The time of day in milliseconds since 1970. Default: that of this machine. */
  readonly now?: () => number;
  /** Who is told why a call ended as it did. Default: callers on this machine. */
  readonly tellReasons?: TellReasons | undefined;
  /** Hears of connections and of who signs in. */
  readonly observer?: HttpObserver | undefined;
  /** Why requests cannot be answered as they should at present, for `/readyz`; undefined when all is well. */
  readonly problem?: (() => string | undefined) | undefined;
  /** How long running requests may take to finish on {@link Listeners.close}, in milliseconds. Default 10 s. */
  readonly graceMs?: number;
}

/** One address that is listened on. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Where WS-Management is, ready to be typed into a client. */
  readonly url: string;
}

export interface Listeners {
  readonly http?: Listener;
  readonly https?: Listener;
  /** Finishes what is running, within the grace; safe to call twice. */
  close(): Promise<void>;
}

/** Listeners that can be gone for a while. */
export interface PausableListeners extends Listeners {
  /**
   * Refuses connections, and ends those that there are when the grace is over. Not to be called again before {@link resume}.
   *
   * @param graceMs how long running requests may take to finish
   */
  pause(graceMs: number): Promise<void>;
  /** Listens on the same ports again. @throws ListenError when one is taken by now; it may be called again then */
  resume(): Promise<void>;
}

/**
 * Opens the listeners of an endpoint; all of them or none.
 *
 * @throws ListenError when a port is taken or an address is not this machine's
 */
export async function startListeners(options: ListenersOptions, service: WsmanService): Promise<PausableListeners> {
  const {
    host,
    port,
    https,
    authenticator,
    logger,
    allowUnencrypted = 'loopback',
    tellReasons = 'loopback',
    now = Date.now,
    graceMs = 10_000,
  } = options;
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const { maxBodyBytes = () => limits.maxBodyBytes } = options;
  const shared = { service, authenticator, allowUnencrypted, limits, maxBodyBytes, logger, now, tellReasons };
  const context = {
    ...shared,
    inFlight: { count: 0 },
    hostName: options.hostName,
    observer: options.observer,
    problem: options.problem,
  };
  const asked: readonly Asked[] = [
    ...(port === 'off' ? [] : [{ scheme: 'http', port } as const]),
    ...(https === 'off' ? [] : [{ scheme: 'https', port: https.port, identity: https.identity } as const]),
  ];

  let open: readonly OpenListener[] = [];
  let closed: Promise<unknown> | undefined;
  let resuming: Promise<unknown> = Promise.resolve();
  const endAll = async (servers: readonly OpenListener[], grace: number) => {
    await Promise.all(servers.map(({ server }) => server.close(grace)));
  };

  /** All of them, or none. */
  async function openAll(wanted: readonly Asked[]): Promise<readonly OpenListener[]> {
    // Waits end with the servers that they are on.
    const own = { ...context, haste: new Haste() };
    const opened: OpenListener[] = [];
    try {
      for (const one of wanted) {
        const server = await openHttpServer(own, host, one.port, one.identity);
        opened.push({ ...one, port: server.port, server });
      }
      return opened;
    } catch (error) {
      await endAll(opened, graceMs);
      throw error;
    }
  }

  open = await openAll(asked);
  const places = open.map(({ server: _, ...place }) => place);
  const listener = (scheme: Asked['scheme']) => {
    const found = places.find((one) => one.scheme === scheme);
    return found && { host, port: found.port, url: `${scheme}://${hostInUrl(host)}:${found.port}/wsman` };
  };
  const [http, tls] = [listener('http'), listener('https')];
  return {
    ...(http && { http }),
    ...(tls && { https: tls }),
    async close() {
      closed ??= resuming.catch(() => undefined).then(() => endAll(open, graceMs));
      await closed;
    },
    async pause(grace) {
      const running = open;
      open = [];
      await endAll(running, grace);
    },
    async resume() {
      if (closed !== undefined || open.length > 0) return;
      const work = openAll(places).then((opened) => {
        open = opened;
      });
      resuming = work;
      await work;
    },
  };
}

interface Asked {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly identity?: TlsSettings;
}

interface OpenListener extends Asked {
  readonly server: HttpServer;
}

import type { AllowUnencrypted } from '../auth/schemes/allow-unencrypted.js';
import type { Authenticator } from '../auth/schemes/authenticator.js';
import type { WsmanService } from '../wsman/wsman-service.js';
import type { Haste } from './haste.js';
import type { HttpLimits } from './http-limits.js';
import type { HttpObserver } from './http-observer.js';
import type { Logger } from './logger.js';
import type { TellReasons } from './tell-reasons.js';

/** What all exchanges of an endpoint share. */
export interface ExchangeContext {
  readonly service: WsmanService;
  /** Which of several computers this is; undefined for the only one. */
  readonly hostName?: string | undefined;
  readonly authenticator: Authenticator;
  /** From whom messages in clear are taken over plain HTTP. */
  readonly allowUnencrypted: AllowUnencrypted;
  readonly limits: HttpLimits;
  /** Largest body of an authenticated request. */
  maxBodyBytes(): number;
  readonly logger: Logger;
  /** The time of day in milliseconds since 1970. */
  now(): number;
  /** Requests being read or answered; shared by all listeners. */
  readonly inFlight: { count: number };
  /** The waits of answers that are slow because somebody wants them so; shared by all listeners. */
  readonly haste: Haste;
  readonly tellReasons: TellReasons;
  /** Absent: nobody hears, and nothing is paid for it. */
  readonly observer?: HttpObserver | undefined;
  /** For `/readyz`: why requests cannot be answered as they should at present. */
  readonly problem?: (() => string | undefined) | undefined;
}

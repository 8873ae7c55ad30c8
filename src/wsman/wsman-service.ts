import type { Permissions } from '../cim/contracts/access.js';
import type { Call } from '../cim/contracts/call.js';
import type { Cancellation } from '../cim/contracts/cancellation.js';
import type { InstancePath } from '../cim/model/instance-path.js';

/** Where a message came from. */
export interface MessageSource {
  /** The peer's IP address. */
  readonly address: string;
  /** The peer is this machine. */
  readonly loopback: boolean;
  /** It came over HTTPS. */
  readonly tls: boolean;
  /** The port of ours that it came to. */
  readonly port: number;
  /** It was sealed (MS-WSMV 2.2.9.1), and its answer is. */
  readonly sealed: boolean;
}

/** One SOAP message as it came out of HTTP (and out of message encryption). Who sent it, the {@link Call} says. */
export interface WsmanRequest {
  readonly body: Uint8Array;
  /** The charset parameter of Content-Type, unquoted, lower case. */
  readonly charset: string | undefined;
  /** What the account may do; absent: everything. */
  readonly permissions?: Permissions | undefined;
  /** Profile URIs enabled on this listener, for Identify. */
  readonly securityProfiles: readonly string[];
  /** Undefined for messages that came over no network. */
  readonly source: MessageSource | undefined;
  /** Aborted when the client went away or the endpoint closes. */
  readonly client: Cancellation;
}

/** What happened to a message, for log, page and recorder; never sent. */
export interface Outcome {
  readonly action?: string | undefined;
  readonly messageId?: string | undefined;
  /** The class that the resource URI names. */
  readonly className?: string | undefined;
  /** The instance that the selectors name. */
  readonly target?: InstancePath | undefined;
  /** What a method answered. */
  readonly returned?: ReturnedValue | undefined;
  /** How many items the answer of an Enumerate or Pull holds. */
  readonly items?: number | undefined;
  /** Key of the fault table. */
  readonly fault?: string | undefined;
  /** Why it ended as it did: the text of the fault, or what the method explained. */
  readonly reason?: string | undefined;
  /** As much of the reason as the caller may be told. */
  readonly tellable?: string | undefined;
  /** What was thrown, when it was nobody's fault but ours or a provider's. */
  readonly cause?: unknown;
  /** The id of the rule that had it end so. */
  readonly rule?: string | undefined;
}

/** The ReturnValue of a method. */
export interface ReturnedValue {
  readonly method: string;
  /** As it is written in decimal; `null` for NULL. */
  readonly value: string;
  /** What the method's value map says of it. */
  readonly label: string | undefined;
}

/**
 * How an answer leaves, when it is not just sent: for faults of the network that somebody wants. Values that mean nothing (NaN,
 * what is negative where only more than 0 makes sense) are as if they were not there.
 *
 * The requests behind it on the same connection wait until it is delivered. When the endpoint closes, nothing is waited for any
 * more, and what is left goes at once; when the client goes away, nothing is sent any more.
 */
export interface Delivery {
  /**
   * The HTTP status in the place of the answer's own, from 200 to 999. With 204 and 304 there is no body; with 401 the answer asks for
   * credentials, as one without them does.
   */
  readonly status?: number | undefined;
  /** Milliseconds to wait before the first byte. A connection that is silent for longer than `limits.stallTimeoutMs` ends. */
  readonly delayMs?: number | undefined;
  /** How fast the body is sent, at most; it may be less than 1. */
  readonly bytesPerSecond?: number | undefined;
  /**
   * End the connection when this many bytes of the body are sent, in order where `end` does not say how; a sealed body counts
   * with its frame. Less than 0 is 0; of a body that is not longer, all is sent before the end.
   */
  readonly cutAfter?: number | undefined;
  /**
   * Send so many bytes of the body and then nothing more, until the client gives up; a sealed body counts with its frame. Less than 0
   * is 0. Nothing else ends the connection then.
   */
  readonly stallAfter?: number | undefined;
  /**
   * End the connection, in order (`close`) or by a reset: before anything of the answer is sent, within its body (after
   * `cutAfter` bytes, or half of it), or after all of it, unless `cutAfter` says sooner. The head never says so in advance; what is
   * sent before a reset has 50 ms to be read.
   */
  readonly end?: { readonly how: 'close' | 'reset'; readonly when: 'before' | 'within' | 'after' } | undefined;
  /** The MessageID that the answer says it relates to; characters that XML cannot carry are left out. */
  readonly relatesTo?: string | undefined;
  /** Spoil the signature of the sealed answer. Of one in clear it changes nothing. */
  readonly forgedSignature?: boolean | undefined;
}

export interface WsmanResponse {
  /** 200, 500, 204. */
  readonly status: number;
  /** `application/soap+xml;charset=UTF-8` */
  readonly contentType: string | undefined;
  /** Text goes out as UTF-8; other character sets are encoded already. */
  readonly body: string | Uint8Array;
  readonly outcome: Outcome;
  /** Absent: just send it. */
  readonly delivery?: Delivery | undefined;
}

/** Answers a message; never rejects. Without a user in the call only Identify is answered. */
export type WsmanHandler = (request: WsmanRequest, call: Call) => Promise<WsmanResponse>;

/** The message seam. */
export interface WsmanService {
  readonly handle: WsmanHandler;
}

/** What comes after an interceptor: called as a function, or as the service it is. */
export type NextWsmanService = WsmanHandler & WsmanService;

/**
 * Stands before the service and sees every message and its answer; it may change either. What it gives back is called in the
 * place of `next`: a function, or a service.
 *
 * ```ts
 * import type { WsmanInterceptor } from 'cimulator';
 *
 * const unavailable: WsmanInterceptor = (next) => async (request, call) => {
 *   const answer = await next(request, call);
 *   return answer.outcome.className === 'CIM_NetworkPipe' ? { ...answer, delivery: { status: 503 } } : answer;
 * };
 * ```
 */
export type WsmanInterceptor = (next: NextWsmanService) => WsmanHandler | WsmanService;

/** The first interceptor sees a message first. Without any it is the service itself, and costs nothing. */
export function composeMessages(interceptors: readonly WsmanInterceptor[], service: WsmanService): WsmanService {
  return interceptors.reduceRight<WsmanService>((next, intercept) => asService(intercept(asNext(next))), service);
}

function asService(given: WsmanHandler | WsmanService): WsmanService {
  return typeof given === 'function' ? { handle: given } : given;
}

/** A function of our own, since members are added to it; the service may need itself as `this`. */
function asNext(service: WsmanService): NextWsmanService {
  const handle: WsmanHandler = (request, call) => service.handle(request, call);
  return Object.assign(handle, { handle });
}

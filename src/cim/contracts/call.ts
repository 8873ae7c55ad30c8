import type { InstancePath } from '../model/instance-path.js';
import { shorten } from '../model/shorten.js';
import type { Access } from './access.js';
import { Cancellation } from './cancellation.js';

/**
 * Who asks, until when, and under what name in log and page. It is made once, where the message is read, and handed to
 * every layer below.
 */
export interface Call {
  /** Unlike that of any other call of this process, and hardly like one of another process. */
  readonly id: string;
  /** The caller's account name; undefined for calls from the same process. */
  readonly user: string | undefined;
  /** Which of several computers was asked, by its name; undefined where there is one without a name. */
  readonly host: string | undefined;
  /** What the caller may touch; undefined: everything. */
  readonly access: Access | undefined;
  /** Cancelled when nobody waits for the result any more; then nothing is committed. */
  readonly cancellation: Cancellation;
  /** The time of day in milliseconds since 1970. */
  now(): number;
  /**
   * Says why the call ends as it does: which parameter breaks which rule. It goes to whoever looks into the endpoint,
   * never into an envelope.
   *
   * @param about what the reason tells of besides what the caller said; who may not read all of it is not told
   */
  explain(reason: string, about?: readonly InstancePath[]): void;
  /** What was explained, in order. */
  readonly reasons: readonly Reason[];
}

/** A reason that was given for how a call ends. */
export interface Reason {
  readonly text: string;
  /** What it tells of besides what the caller said. */
  readonly about: readonly InstancePath[];
}

/** How a call begins; whatever is left out is as for calls from the same process. */
export interface CallOptions {
  readonly user?: string | undefined;
  readonly host?: string | undefined;
  readonly access?: Access | undefined;
  readonly cancellation?: Cancellation | undefined;
  readonly now?: (() => number) | undefined;
}

/** Reasons kept of one call: a method that explains itself in a loop must not fill the memory. */
export const MAX_REASONS = 16;
/** Characters kept of one: it may say again what a client said. */
const LONGEST_REASON = 4096;
const NO_REASONS: readonly Reason[] = [];

/** A {@link Call} as it is made for a message, or for whoever asks in this process. A class, since there is one for each message. */
export class CallRecord implements Call {
  readonly id = nextId();
  readonly user: string | undefined;
  readonly host: string | undefined;
  readonly access: Access | undefined;
  readonly cancellation: Cancellation;
  readonly #now: () => number;
  #reasons: Reason[] | undefined;

  constructor({ user, host, access, cancellation, now }: CallOptions = {}) {
    this.user = user;
    this.host = host;
    this.access = access;
    this.cancellation = cancellation ?? new Cancellation();
    this.#now = now ?? Date.now;
  }

  get reasons(): readonly Reason[] {
    return this.#reasons ?? NO_REASONS;
  }

  now(): number {
    return this.#now();
  }

  explain(text: string, about: readonly InstancePath[] = []): void {
    this.#reasons ??= [];
    if (this.#reasons.length < MAX_REASONS) this.#reasons.push({ text: shorten(text, LONGEST_REASON), about });
  }
}

/** The same call of a caller who may touch less. */
export function callWithAccess(call: Call, access: Access): Call {
  return new RestrictedCall(call, access);
}

class RestrictedCall implements Call {
  readonly id: string;
  readonly user: string | undefined;
  readonly host: string | undefined;
  readonly cancellation: Cancellation;
  readonly access: Access;
  readonly #call: Call;

  constructor(call: Call, access: Access) {
    this.id = call.id;
    this.user = call.user;
    this.host = call.host;
    this.cancellation = call.cancellation;
    this.access = access;
    this.#call = call;
  }

  get reasons(): readonly Reason[] {
    return this.#call.reasons;
  }

  now(): number {
    return this.#call.now();
  }

  explain(text: string, about?: readonly InstancePath[]): void {
    this.#call.explain(text, about);
  }
}

/** Of this process, so that the logs of several can be read together. */
const prefix = Math.floor(Math.random() * 36 ** 5)
  .toString(36)
  .padStart(5, '0');
let count = 0;

function nextId(): string {
  count += 1;
  return `${prefix}-${count.toString(36)}`;
}

import type { ExchangeMatch, PlainValues } from '../match/exchange-match.js';

/** When a rule fires. `nth`, `times`, `after` count what the other members match, for this rule alone, since it was added. */
export interface RuleCondition extends ExchangeMatch {
  /** This one only, from 1; or these. */
  readonly nth?: number | readonly number[] | undefined;
  /** Not the first so many. */
  readonly after?: number | undefined;
  /** Not oftener than so many times. */
  readonly times?: number | undefined;
  /** Only within these two durations since it was added, by the endpoint's clock: xs:duration, or milliseconds. */
  readonly between?: readonly [string | number, string | number] | undefined;
  /** From 0 to 1; the endpoint's seed decides. */
  readonly probability?: number | undefined;
}

/** Milliseconds: as many, between two, or around a median (log-normal). */
export type RuleDelay =
  | number
  | { readonly uniform: readonly [number, number] }
  | { readonly logNormal: { readonly median: number; readonly sigma: number } };

/** What a rule does. One object may do several things that go together; a list is carried out in order. */
export interface RuleAction {
  /** Of a method, without carrying it out, or (with `carryOut`) in the place of its own: a number, or a label of its value map. */
  readonly returnValue?: number | string | undefined;
  /** Output parameters that go with `returnValue`, or that take the place of those of the method. */
  readonly outputs?: PlainValues | undefined;
  /** A CIM status by its name (`CimStatusName`), as `AccessDenied`. */
  readonly cimError?: string | undefined;
  /** A fault of docs/faults.md by name, as `QuotaLimit`. */
  readonly fault?: string | undefined;
  /** The text of the error or fault. */
  readonly message?: string | undefined;
  readonly delay?: RuleDelay | undefined;
  /** An answer of HTTP without an envelope. */
  readonly http?: 401 | 403 | 500 | 503 | undefined;
  /** The connection ends: without answer, unless `at` says otherwise. */
  readonly connection?: 'reset' | 'close' | undefined;
  readonly at?: 'before' | 'within' | 'after' | undefined;
  /** The body stands still after so many bytes, until the client gives up; or comes at so many bytes a second. */
  readonly stall?: { readonly after: number } | undefined;
  readonly bytesPerSecond?: number | undefined;
  /** The envelope, cut off after so many bytes (Content-Length as if it were whole: the XML is short, not the body). */
  readonly truncate?: number | undefined;
  /** What takes the place of the envelope: `xml` (not well-formed), `empty`, or `html`. */
  readonly malformed?: 'xml' | 'empty' | 'html' | undefined;
  readonly relatesTo?: string | undefined;
  readonly wrongSignature?: true | undefined;
  /** Carry the operation out first; what the rule says is of the answer only. */
  readonly carryOut?: boolean | undefined;
}

export interface Rule {
  /** Default: `rule-1` and so on. */
  readonly id?: string | undefined;
  readonly when: RuleCondition;
  readonly then: RuleAction | readonly RuleAction[];
}

/** A rule, and what became of it. */
export interface RuleState extends Rule {
  readonly id: string;
  /** How often all but `nth`, `after`, `times`, `between` and `probability` agreed. */
  readonly matched: number;
  readonly fired: number;
  /** It was given at the start: `reset` keeps it. */
  readonly initial: boolean;
}

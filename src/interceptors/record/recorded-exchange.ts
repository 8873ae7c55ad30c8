import type { Json } from '../../cimjson/cim-json-types.js';
import type { ExchangeOutcome, PlainValues } from '../match/exchange-match.js';

/** A message and its answer, decoded. What holds secrets is masked: `***`. Plain data, but for `soap`. */
export interface RecordedExchange {
  /** Of the call, as the log has it. */
  readonly id: string;
  /** Counts up from 1; what a client of the control API goes on from. */
  readonly number: number;
  /** When it came: ISO 8601, UTC. */
  readonly at: string;
  /** From the message to its answer. */
  readonly durationMs: number;
  /** Undefined for an Identify without credentials. */
  readonly user?: string | undefined;
  /** Which of several computers was asked, by its name; undefined where there is one without a name. */
  readonly host?: string | undefined;
  readonly peer?: string | undefined;
  readonly transport: 'http' | 'https';
  readonly sealed: boolean;
  /** A name of WS-Man; undefined for what could not be read so far. */
  readonly operation?: string | undefined;
  /** The CIM operations that it led to, in order, by their names of DSP0223. */
  readonly cimOperations: readonly string[];
  readonly namespace?: string | undefined;
  /** As the message names it, or the schema spells it where it knows it. */
  readonly class?: string | undefined;
  readonly method?: string | undefined;
  /** Keys of the instance that was asked for. */
  readonly selectors?: PlainValues | undefined;
  /** Input parameters, or properties of what was created or changed. */
  readonly input?: PlainValues | undefined;
  /** Of a query, or of an association. */
  readonly filter?: string | undefined;
  readonly outcome: ExchangeOutcome;
  /** Of HTTP. */
  readonly status: number;
  readonly returnValue?: Json | undefined;
  /** What the method's value map says of it. */
  readonly returnLabel?: string | undefined;
  /** Output parameters. */
  readonly outputs?: PlainValues | undefined;
  /** How many instances the answer has. */
  readonly instances?: number | undefined;
  /** A name of docs/faults.md. */
  readonly fault?: string | undefined;
  /** Why it ended so. */
  readonly reason?: string | undefined;
  /** The id of the rule that fired. */
  readonly rule?: string | undefined;
  /** Both envelopes as they were before sealing, secrets masked; undefined for one that is no longer kept. */
  soap(): { readonly request: string | undefined; readonly response: string | undefined };
}

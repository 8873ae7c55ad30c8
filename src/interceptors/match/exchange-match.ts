import type { Json } from '../../cimjson/cim-json-types.js';

/** Values by name, in the forms of docs/json.md without their types: `{ PipeElementName: 'first', Mode: 2 }`. */
export type PlainValues = Readonly<Record<string, Json>>;

/**
 * Which exchanges are meant: all that every member that is there agrees with. Names compare without case. `requests()`,
 * `waitForRequest`, matchers, the control API and the conditions of rules have it in common.
 */
export interface ExchangeMatch {
  /** A name of WS-Man (`Invoke`, `Pull`, `Identify`) or of DSP0223 (`InvokeMethod`, `PullInstances`); one of several when a list. */
  readonly operation?: string | readonly string[] | undefined;
  readonly namespace?: string | undefined;
  /** The class, or a superclass of it. */
  readonly class?: string | undefined;
  readonly method?: string | undefined;
  /** Keys of the instance that is asked for; those that are not named may be anything. */
  readonly selectors?: PlainValues | undefined;
  /** The account's name. */
  readonly user?: string | undefined;
  /** Which of several computers is asked: its name, short name or an alias. */
  readonly host?: string | undefined;
  /** Input parameters of a method, or properties of what is created or changed; those that are not named may be anything. */
  readonly input?: PlainValues | undefined;
}

/** How an exchange ended: with what was asked for, with a fault, or not at all since nobody waited or the connection was ended. */
export type ExchangeOutcome = 'answered' | 'fault' | 'lost';

/** What is asked of exchanges that have ended, besides what was asked in them. */
export interface ExchangeFilter extends ExchangeMatch {
  readonly outcome?: ExchangeOutcome | undefined;
  /** A number, or a label of the value map. */
  readonly returnValue?: number | string | undefined;
  /** A name of docs/faults.md. */
  readonly fault?: string | undefined;
  /** The id of the rule that fired. */
  readonly rule?: string | undefined;
}

import type { CimOperationKind } from '../../cim/contracts/cim-operation.js';
import type { Json } from '../../cimjson/cim-json-types.js';
import type { ExchangeOutcome, PlainValues } from './exchange-match.js';

/**
 * What is known of an exchange when it is compared with a match. Members may be getters: each is read only when everything cheaper
 * agrees, in the order in which they stand here. A {@link RecordedExchange} is one.
 */
export interface ExchangeFacts {
  /** A name of WS-Man; undefined where none is known. */
  readonly operation?: string | undefined;
  /** The CIM operations so far; empty before there is any. */
  readonly cimOperations?: readonly (CimOperationKind | string)[] | undefined;
  readonly method?: string | undefined;
  readonly class?: string | undefined;
  readonly namespace?: string | undefined;
  readonly user?: string | undefined;
  /** The name of the computer that is asked, where there are several. */
  readonly host?: string | undefined;
  readonly selectors?: PlainValues | undefined;
  readonly input?: PlainValues | undefined;
  /** One of `selectors` or `input`, whatever the case of its name: there where it costs less than all of them. */
  valueNamed?(member: 'selectors' | 'input', name: string): Json | undefined;
}

/** What is known of one that has ended. */
export interface EndedExchangeFacts extends ExchangeFacts {
  readonly outcome: ExchangeOutcome;
  readonly returnValue?: Json | undefined;
  readonly returnLabel?: string | undefined;
  readonly fault?: string | undefined;
  readonly rule?: string | undefined;
}

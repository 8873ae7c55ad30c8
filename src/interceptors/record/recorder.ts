import type { Namespaces } from '../../cim/contracts/namespaces.js';
import type { HostNames } from '../../cim/hosts/host-names.js';
import { callable, flag, members, wholeNumber, withMethods } from '../../options/option-checks.js';
import { OptionError } from '../../options/option-error.js';
import type { Secrets } from '../../secrets/secrets.js';
import type { MessageReader } from '../../wsman/message-description.js';
import { checkFilter } from '../match/check-filter.js';
import { classesMeant, isAOf } from '../match/class-tree.js';
import { compileFilter } from '../match/compile-match.js';
import type { ExchangeFilter } from '../match/exchange-match.js';
import { maskedFilter } from '../match/masked-filter.js';
import { withNamedHost } from '../match/named-host.js';
import { refuseUnknownNames } from '../match/unknown-name.js';
import { ExchangeRing, type RecordBounds } from './exchange-ring.js';
import type { KeptExchange } from './kept-exchange.js';
import type { RecordedExchange } from './recorded-exchange.js';
import { type Showing, showExchange } from './show-exchange.js';
import { Waits } from './waits.js';
import { type ExchangeWatch, type TakeExchange, watchExchanges } from './watch-exchanges.js';

export interface RecorderOptions extends RecordBounds {
  readonly namespaces: Namespaces;
  /** The computers that are asked; undefined where there is one without a name. */
  readonly hosts?: HostNames | undefined;
  readonly reader: MessageReader;
  /** Is told when a listener throws. */
  onError(error: unknown): void;
  /** Undefined: there is nobody else who keeps exchanges. */
  readonly elsewhere?: KeptElsewhere | undefined;
}

/** Others who keep exchanges until they are asked for them, and give them to {@link Recorder.take}. */
export interface KeptElsewhere {
  /** Somebody waits for exchanges or hears of each, or nobody does any more. */
  watch(isWatched: boolean): void;
  /** All that has ended by now is forgotten, or what one computer was asked. */
  forget(host?: string): void;
}

/** How names of a filter are taken. */
export interface RequestTerms {
  /**
   * A namespace, class or method that the model does not have, and that nobody asked for, is an error with the nearest name. Default
   * false.
   */
  readonly knownNames?: boolean | undefined;
}

/** How long to wait, and for how many. */
export interface WaitTerms extends RequestTerms {
  /** Ends the waiting before its time, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; default 5000. */
  readonly timeout?: number | undefined;
  /** Default 1. */
  readonly count?: number | undefined;
}

/** What has come, to those who may see it in this way. */
export interface RecordView {
  requests(filter?: ExchangeFilter, terms?: RequestTerms): readonly RecordedExchange[];
  /** A filter as what is told of it may have it: secrets among its values are masked as in what came. @throws OptionError */
  maskFilter(filter: ExchangeFilter): ExchangeFilter;
  clearRequests(): void;
  waitForRequest(filter: ExchangeFilter, options?: WaitTerms): Promise<RecordedExchange>;
  on(event: 'exchange', listener: (exchange: RecordedExchange) => void): () => void;
}

/** Writes down what comes in and what becomes of it. */
export interface Recorder extends ExchangeWatch {
  /** Keeps one that has ended elsewhere, in another process; it gets its number. */
  readonly take: TakeExchange;
  /** So many have ended elsewhere that are not kept; they have their numbers. */
  skip(count: number): void;
  /**
   * @param secrets what is masked for those who look this way
   * @param host what of several computers is seen; all when undefined
   */
  view(secrets: Secrets, host?: string): RecordView;
  /** Forgets all, or what one computer was asked, and ends who waits for it. Numbers go on. */
  reset(host?: string): void;
  close(): void;
}

export function createRecorder({
  namespaces,
  hosts,
  reader,
  onError,
  keep,
  bytes,
  elsewhere,
}: RecorderOptions): Recorder {
  const ring = new ExchangeRing({ keep, bytes });
  const listeners = new Set<(kept: KeptExchange) => void>();
  const isA = isAOf(namespaces);
  let count = 0;

  const take: TakeExchange = (kept, request, answer) => {
    count += 1;
    kept.number = count;
    ring.add(kept, request, answer);
    if (listeners.size === 0) return;
    for (const listen of listeners) listen(kept);
  };

  const allWaits = new Map<Waits, string | undefined>();

  function listenWith(hear: (kept: KeptExchange) => void): void {
    if (listeners.size === 0) elsewhere?.watch(true);
    listeners.add(hear);
  }

  function leave(hear: (kept: KeptExchange) => void): void {
    if (listeners.delete(hear) && listeners.size === 0) elsewhere?.watch(false);
  }

  /** @param host undefined: of all */
  function forget(host: string | undefined): void {
    if (host === undefined) ring.clear();
    else ring.forget((kept) => kept.host === host);
    elsewhere?.forget(host);
  }

  function view(secrets: Secrets, host?: string): RecordView {
    const showing: Showing = { namespaces, reader, secrets };
    const waits = new Waits();
    allWaits.set(waits, host);
    const isSeen = (kept: KeptExchange) => host === undefined || kept.host === host;
    const heard = new Set<(exchange: RecordedExchange) => void>();

    /** Costs nothing as long as nobody listens or waits. */
    function hear(kept: KeptExchange): void {
      if (!isSeen(kept)) return;
      const exchange = showExchange(kept, showing);
      for (const listener of heard) attempt(() => listener(exchange));
      attempt(() => waits.take(exchange));
      leaveIfIdle();
    }

    function attempt(tell: () => void): void {
      try {
        tell();
      } catch (error) {
        onError(error);
      }
    }

    function leaveIfIdle(): void {
      if (heard.size === 0 && waits.isEmpty) leave(hear);
    }

    const shownAll = () => [...ring].filter(isSeen).map((kept) => showExchange(kept, showing));

    function maskFilter(filter: ExchangeFilter): ExchangeFilter {
      const came = new Set(shownAll().flatMap((exchange) => exchange.class ?? []));
      return maskedFilter(filter, secrets.isSecret, [...classesMeant(filter, namespaces), ...came]);
    }

    return {
      requests(filter, terms = {}) {
        if (filter === undefined) return shownAll();
        checkFilter(filter);
        checkRequestTerms('', terms);
        const { matches } = compileFilter(withNamedHost(filter, hosts), isA);
        const found = shownAll().filter(matches);
        if (terms.knownNames && found.length === 0) refuseUnknownNames(filter, namespaces);
        return found;
      },
      maskFilter(filter) {
        checkFilter(filter);
        return maskFilter(filter);
      },
      clearRequests: () => forget(host),
      async waitForRequest(filter, terms = {}) {
        checkFilter(filter);
        checkTerms('', terms);
        const { timeout = 5000, count: wanted = 1, signal, knownNames = false } = terms;
        const match = compileFilter(withNamedHost(filter, hosts), isA);
        if (knownNames && !shownAll().some(match.matches)) refuseUnknownNames(filter, namespaces);
        const shownFilter = () => maskFilter(filter);
        const waiting = waits.begin({ match, timeout, count: wanted, signal, shownFilter }, shownAll);
        if (!waits.isEmpty) listenWith(hear);
        return waiting.finally(leaveIfIdle);
      },
      on(event, listener) {
        if (event !== 'exchange') throw new OptionError(`there is no event '${event}': there is exchange`);
        callable('listener', listener);
        // One that is added twice hears twice, and is ended one by one.
        const own = (exchange: RecordedExchange): void => listener(exchange);
        heard.add(own);
        listenWith(hear);
        return () => {
          heard.delete(own);
          leaveIfIdle();
        };
      },
    };
  }

  return {
    ...watchExchanges(take),
    take,
    skip(skipped) {
      count += skipped;
    },
    view,
    reset(host) {
      forget(host);
      for (const [waits, own] of allWaits) if (host === undefined || own === host) waits.fail('reset');
    },
    close() {
      for (const waits of allWaits.keys()) waits.fail('closed');
    },
  };
}

/** What a timer can wait for. */
const LONGEST_WAIT = 2 ** 31 - 1;

const checkRequestTerms = members<RequestTerms>({ knownNames: flag });

const checkTerms = members<WaitTerms>({
  knownNames: flag,
  timeout: wholeNumber(0, LONGEST_WAIT),
  count: wholeNumber(1),
  signal: withMethods('addEventListener', 'removeEventListener'),
});

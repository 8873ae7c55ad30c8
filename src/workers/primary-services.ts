import { CallRecord } from '../cim/contracts/call.js';
import { Cancellation } from '../cim/contracts/cancellation.js';
import { CimError } from '../cim/model/cim-error.js';
import type { EndpointParts } from '../endpoint/endpoint-seams.js';
import type { AllMetrics } from './all-metrics.js';
import type { ExchangeIntake } from './exchange-intake.js';
import type { PrimaryServices, Shared } from './protocol.js';

/** What a worker's questions are answered with. */
export interface PrimaryTerms {
  readonly number: number;
  readonly intake: Pick<ExchangeIntake, 'add' | 'due'>;
  readonly metrics: Pick<AllMetrics, 'note'>;
  share(changed: Partial<Shared>): void;
}

/** What the primary does for one of its workers. */
export function primaryServices(
  { rules, settings, methods, leave }: Pick<EndpointParts, 'rules' | 'settings' | 'methods' | 'leave'>,
  { number, intake, metrics, share }: PrimaryTerms,
): Omit<PrimaryServices, 'hello'> {
  return {
    haveExchanges: () => intake.due(),
    leaveExchanges: (handed) => intake.add(handed),
    countMatch: (id) => rules.count(id),
    leaveCounts: (counts) => rules.addCounts(counts),
    changeSettings(changes) {
      settings.change(changes);
      share({ settings: settings.current });
    },
    leave,
    async call({ method, event }, signal) {
      const cancellation = new Cancellation();
      signal.addEventListener('abort', () => cancellation.abort(signal.reason));
      const answer = methods?.relay(method, event, new CallRecord({ user: event.user, cancellation }));
      if (answer === undefined) throw new CimError('Failed', 'There is no control API that could answer it.');
      return answer;
    },
    metrics: (values) => metrics.note(number, values),
  };
}

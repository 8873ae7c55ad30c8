import type { WorkerFacts } from '../control/control-context.js';
import type { MetricValues } from '../interceptors/metrics/metrics.js';

/** What all processes of a server have counted, those that have ended among them. */
export interface AllMetrics {
  /** The newest of a worker. */
  note(number: number, values: MetricValues): void;
  /** What it had counted stays. */
  forget(number: number): Promise<void>;
  /** @param own of the primary */
  text(own: MetricValues, workers: readonly WorkerFacts[]): Promise<string>;
}

export function createAllMetrics(): AllMetrics {
  const newest = new Map<number, MetricValues>();
  let gone: MetricValues = [];

  return {
    note: (number, values) => void newest.set(number, values),
    async forget(number) {
      const last = newest.get(number);
      newest.delete(number);
      if (last === undefined) return;
      const { lastingMetrics, sumMetrics } = await import('../interceptors/metrics/sum-metrics.js');
      gone = await sumMetrics([gone, lastingMetrics(last)]).getMetricsAsJSON();
    },
    async text(own, workers) {
      const [{ sumMetrics }, { countWorkers }] = await Promise.all([
        import('../interceptors/metrics/sum-metrics.js'),
        import('./count-workers.js'),
      ]);
      const all = [own, ...newest.values(), gone, await countWorkers(workers)];
      return sumMetrics(all).metrics();
    },
  };
}

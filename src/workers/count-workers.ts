import { Counter, Gauge, Registry } from 'prom-client';
import type { WorkerFacts } from '../control/control-context.js';
import type { MetricValues } from '../interceptors/metrics/metrics.js';

/** How the processes are, as metrics. */
export function countWorkers(workers: readonly WorkerFacts[]): Promise<MetricValues> {
  const registers = [new Registry()];
  const states = new Gauge({
    name: 'cimulator_workers',
    help: 'Processes that serve, by how they are',
    labelNames: ['state'],
    registers,
  });
  states.set({ state: 'ready' }, 0);
  for (const { state } of workers) states.inc({ state });
  const restarts = new Counter({
    name: 'cimulator_worker_restarts_total',
    help: 'How often a process was started in the place of one that had ended',
    registers,
  });
  restarts.inc(workers.reduce((sum, worker) => sum + worker.restarts, 0));
  return (registers[0] as Registry).getMetricsAsJSON();
}

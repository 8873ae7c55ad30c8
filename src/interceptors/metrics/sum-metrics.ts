import { AggregatorRegistry, type Registry } from 'prom-client';
import type { MetricValues } from './metrics.js';

/** The metrics of several processes as those of one: counts and sizes are added, by their labels. */
export function sumMetrics(all: readonly MetricValues[]): Registry {
  return AggregatorRegistry.aggregate([...all]);
}

/** What of a process's metrics still counts when it has gone: all but gauges. */
export function lastingMetrics(values: MetricValues): MetricValues {
  // The types say that it is a name, the library gives one.
  return values.filter(({ type }) => String(type) !== 'gauge');
}

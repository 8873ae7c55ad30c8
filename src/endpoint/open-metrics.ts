import type { ContextStore } from '../cim/contracts/context-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { Metrics } from '../interceptors/metrics/metrics.js';
import { OptionError } from '../options/option-error.js';
import type { RecordOptions } from './options/record-options.js';

/** prom-client is loaded by those who want it. */
export async function openMetrics(
  { metrics = false }: RecordOptions,
  namespaces: Namespaces,
  contexts: ContextStore,
): Promise<Metrics | undefined> {
  if (!metrics) return undefined;
  const { createMetrics } = await import('../interceptors/metrics/metrics.js');
  return createMetrics(namespaces, contexts);
}

export async function metricsText(text: Metrics['text'] | undefined): Promise<string> {
  if (text === undefined) throw new OptionError('metrics: nothing is counted, since the option metrics is not set');
  return text();
}

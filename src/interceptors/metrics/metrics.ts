import { Counter, Gauge, Histogram, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client';
import type { ContextStore } from '../../cim/contracts/context-store.js';
import type { Namespaces } from '../../cim/contracts/namespaces.js';
import type { WsmanInterceptor } from '../../wsman/wsman-service.js';
import { isLost } from '../record/is-lost.js';
import { requestLabels } from './request-labels.js';

/** Counts what happens, for Prometheus. It hears of connections and of who signs in, as an observer of the listeners. */
export interface Metrics {
  readonly message: WsmanInterceptor;
  authentication(news: { readonly result: string; readonly scheme: string }): void;
  connectionOpened(news: { readonly tls: boolean }): void;
  connectionClosed(news: { readonly tls: boolean }): void;
  /** The text format of Prometheus, version 0.0.4. */
  text(): Promise<string>;
  /** As plain data, to be summed with those of other processes ({@link sumMetrics}). */
  values(): Promise<MetricValues>;
}

/** All rows of all metrics of a process. */
export type MetricValues = MetricObjectWithValues<MetricValue<string>>[];

/** From a quarter of a millisecond, which a small call takes, to the time limit of operations. In seconds. */
const BUCKETS = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 60];

/** Rules are named by whoever adds them; more than so many count together. */
const MOST_RULES = 100;

/** Each endpoint has a registry of its own: several may run in one process. */
export function createMetrics(namespaces: Namespaces, contexts: ContextStore): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'cimulator_requests_total',
    help: 'Messages that were answered, by what they asked for and how they ended',
    // Hosts are declared when the endpoint starts: there are so many of them, and no others.
    labelNames: ['operation', 'class', 'method', 'outcome', 'host'],
    registers,
  });
  const faults = new Counter({
    name: 'cimulator_faults_total',
    help: 'Faults that were sent, by their names in docs/faults.md',
    labelNames: ['fault'],
    registers,
  });
  const durations = new Histogram({
    name: 'cimulator_request_duration_seconds',
    help: 'From a message that has been read to its answer that has been written',
    labelNames: ['operation'],
    buckets: BUCKETS,
    registers,
  });
  const rules = new Counter({
    name: 'cimulator_rules_fired_total',
    help: 'Messages whose end a rule decided',
    labelNames: ['rule'],
    registers,
  });
  const authentications = new Counter({
    name: 'cimulator_authentications_total',
    help: 'What came of the question who sent a request',
    labelNames: ['result', 'scheme'],
    registers,
  });
  const opened = new Counter({
    name: 'cimulator_connections_opened_total',
    help: 'TCP connections that were opened',
    labelNames: ['tls'],
    registers,
  });
  const open = new Gauge({
    name: 'cimulator_connections',
    help: 'TCP connections that are open',
    labelNames: ['tls'],
    registers,
  });
  new Gauge({
    name: 'cimulator_enumerations',
    help: 'Enumerations that clients have not come to the end of',
    // Processes that share them all have the same number.
    aggregator: 'first',
    registers,
    async collect() {
      this.set(await contexts.count('enumeration'));
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'nodejs_heap_size_used_bytes',
    help: 'The part of it that JavaScript uses',
    registers,
    collect() {
      this.set(process.memoryUsage().heapUsed);
    },
  });
  const knownRules = new Set<string>();

  function ruleLabel(rule: string): string {
    if (knownRules.size < MOST_RULES) knownRules.add(rule);
    return knownRules.has(rule) ? rule : 'other';
  }

  return {
    message: (next) => async (request, call) => {
      const startedAt = performance.now();
      const answer = await next(request, call);
      const labels = requestLabels(answer.outcome, isLost(answer, request), namespaces);
      requests.inc({ ...labels, ...(call.host !== undefined && { host: call.host }) });
      durations.observe({ operation: labels.operation }, (performance.now() - startedAt) / 1000);
      const { fault, rule } = answer.outcome;
      if (fault !== undefined) faults.inc({ fault });
      if (rule !== undefined) rules.inc({ rule: ruleLabel(rule) });
      return answer;
    },
    authentication: ({ result, scheme }) => authentications.inc({ result, scheme }),
    connectionOpened({ tls }) {
      opened.inc({ tls: String(tls) });
      open.inc({ tls: String(tls) });
    },
    connectionClosed: ({ tls }) => open.dec({ tls: String(tls) }),
    text: () => registry.metrics(),
    values: () => registry.getMetricsAsJSON(),
  };
}

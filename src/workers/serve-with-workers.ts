import type { Endpoint } from '../endpoint/endpoint.js';
import type { EndpointParts } from '../endpoint/endpoint-seams.js';
import type { EndpointOptions } from '../endpoint/options/endpoint-options.js';
import type { GivenProvider } from '../endpoint/place-providers.js';
import { openEndpoint } from '../endpoint/start-endpoint.js';
import { createLogger, logDestination } from '../http/create-logger.js';
import type { PausableListeners } from '../http/listeners.js';
import { createAllMetrics } from './all-metrics.js';
import { createExchangeIntake } from './exchange-intake.js';
import { freePort } from './free-port.js';
import { openSharedState } from './open-shared-state.js';
import { createPrimaryRules, sharedRules } from './primary-rules.js';
import { primaryServices } from './primary-services.js';
import type { Shared, WorkerStart } from './protocol.js';
import { takeOver } from './take-over.js';
import { createWorkerPool, type WorkerPool } from './worker-pool.js';

/** What workers load and open by themselves. */
export interface ServeTerms {
  readonly count: number;
  /** What all of them share: a folder or a URL. */
  readonly state: string;
  readonly providers: readonly GivenProvider[];
  readonly providerFiles: readonly string[];
  /** Of providers that name none. */
  readonly namespace: string;
}

/**
 * Serves with several processes. This one, the primary, answers no client: it has the state open for the control API, keeps what workers
 * tell it, counts for their rules, and sees to it that there are as many as there should be.
 *
 * @throws OptionError for a state that they cannot share; as startEndpoint
 */
export async function serveWithWorkers(options: EndpointOptions, terms: ServeTerms): Promise<Endpoint> {
  const { logLevel = 'silent', logFormat } = options;
  const log = logDestination(logFormat);
  const logger = createLogger(logLevel, logFormat, { destination: log });
  const metrics = createAllMetrics();
  let pool: WorkerPool | undefined;
  let parts: EndpointParts | undefined;

  const share = (changed: Partial<Shared>) => pool?.share(changed);

  async function settle(): Promise<void> {
    await pool?.askAll((worker, signal) => worker.ask('settle', undefined, signal));
  }

  let isWatched = false;
  let isDown = false;
  let timesForgotten = 0;
  /** Until all workers that are there listen no more, or again; others will do as they begin. */
  const setDown = async (isNow: boolean) => {
    isDown = isNow;
    share({ isDown });
    await settle();
  };
  const intake = createExchangeIntake(
    () => parts?.recorder,
    async (wanted, add) => pool?.askAll((worker, signal) => takeOver(worker, wanted, add, signal)),
  );

  const rules = createPrimaryRules(
    (changed) => share({ rules: changed }),
    async (add) => pool?.askAll((worker) => worker.ask('takeCounts', undefined).then(add)),
  );

  async function listen(own: EndpointParts): Promise<PausableListeners> {
    parts = own;
    const { host = '127.0.0.1', port = 0, httpsPort = 'off' } = options;
    const ports = {
      port: port === 'off' ? port : await freePort(host, port),
      httpsPort: httpsPort === 'off' ? httpsPort : await freePort(host, httpsPort),
    };
    // Workers that find a port taken, one more often than another, cannot listen together afterwards: Node counts how often each has tried.
    const checkPorts = async () => {
      for (const one of [ports.port, ports.httpsPort]) if (one !== 'off') await freePort(host, one);
    };
    const { account, identity, methods, settings } = own;
    methods?.onChange(() => share({ methods: methods.list() }));
    const isAccountOurs = options.dataDir === undefined && (options.users ?? []).length === 0;
    const { password = '' } = account;
    const startOf = (number: number): WorkerStart => ({
      number,
      endpoint: {
        ...workerOptions(options),
        ...ports,
        ...(isAccountOurs && { users: [{ name: account.name, password }] }),
      },
      ...{ providerFiles: terms.providerFiles, namespace: terms.namespace, state: terms.state, identity },
      shared: {
        rules: sharedRules(own.rules),
        methods: methods?.list() ?? [],
        settings: settings.current,
        ...{ isWatched, isDown, timesForgotten },
      },
    });
    const one = createWorkerPool({
      ...{ count: terms.count, startOf, logger, log },
      servicesFor: (number) => primaryServices(own, { number, intake, metrics, share }),
      onExit: (number) => void metrics.forget(number),
    });
    pool = one;
    const listening = await one.begin();
    return {
      ...listening,
      pause: () => setDown(true),
      async resume() {
        await checkPorts();
        await setDown(false);
      },
      async close() {
        await one.close();
        intake.close();
      },
    };
  }

  const { port } = options;
  const state = await openSharedState(terms.state, logger, typeof port === 'number' ? port : undefined);
  const opening = openEndpoint(
    { ...options, providers: terms.providers, state },
    {
      ...{ role: 'primary', logger, listen },
      exchangesElsewhere: {
        watch(wanted) {
          isWatched = wanted;
          share({ isWatched });
        },
        forget: (host) => intake.forget(host),
      },
      rules: rules.of,
      async wentBack() {
        await pool?.askAll((worker, signal) => worker.ask('wentBack', undefined, signal));
      },
      async contextsCleared() {
        timesForgotten += 1;
        share({ timesForgotten });
        await settle();
      },
      async metricsText() {
        const workers = pool?.facts() ?? [];
        await pool?.askAll((worker, signal) => worker.ask('tellMetrics', undefined, signal));
        return metrics.text((await parts?.metrics?.values()) ?? [], workers);
      },
      control: {
        gather: (what) => (what === 'rules' ? rules : intake).gather(),
        settle,
        workers: () => pool?.facts() ?? [],
      },
    },
  );
  try {
    const endpoint = await opening;
    const close = () => endpoint.close().finally(() => state.close());
    return { ...endpoint, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await state.close();
    throw error;
  }
}

/** What only the primary does is left out. */
function workerOptions({ rules: _rules, providers: _providers, ...options }: EndpointOptions): EndpointOptions {
  return { ...options, control: 'off' };
}

import type { State } from '../cim/contracts/state.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { EndpointParts } from '../endpoint/endpoint-seams.js';
import { askPrimary } from './ask-primary.js';
import { type Channel, openChannel } from './channel.js';
import { createExchangeTeller } from './exchange-teller.js';
import type { Listening, PrimaryServices, Shared, WorkerServices, WorkerStart } from './protocol.js';
import { shareRules } from './share-rules.js';

/** How often the primary is told what was counted, in milliseconds: so much is lost when this process is killed. */
const METRICS_MS = 2_000;

/**
 * What a worker is: an endpoint that listens together with others, and asks the primary for all that holds for all of them. It ends when
 * it is told to, at SIGTERM, and when the primary has gone (which node:cluster sees to).
 */
export function serveAsWorker(): void {
  let shared: Shared | undefined;
  let parts: EndpointParts | undefined;
  let endpoint: Promise<Endpoint> | undefined;
  let state: Promise<State> | undefined;
  let closing: Promise<never> | undefined;

  const primary: Channel<PrimaryServices> = openChannel(
    process,
    {
      start,
      share(changed: Partial<Shared>) {
        if (shared) shared = { ...shared, ...changed };
        if (parts) apply(parts, changed);
      },
      settle: () => void teller.flush(),
      wentBack: () => parts?.wentBack(),
      tellMetrics,
      close,
    } satisfies WorkerServices,
    (err) => parts?.logger.error({ err }, 'a message of the primary failed'),
  );
  const teller = createExchangeTeller(
    (list) => primary.ask('exchanges', list),
    (lost) => parts?.logger.warn({ lost }, 'exchanges are not kept: they come faster than the primary takes them'),
  );
  // A terminal sends it to all processes at once: the primary decides.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => void close());
  primary.tell('hello', undefined);

  async function start(given: WorkerStart): Promise<Listening> {
    shared = given.shared;
    // Loaded here, so that whoever starts this by hand does not wait for it.
    const [{ openEndpoint }, { createLogger }, { loadProviders }, { openState }] = await Promise.all([
      import('../endpoint/start-endpoint.js'),
      import('../http/create-logger.js'),
      import('../config/load-providers.js'),
      import('../state/open-state.js'),
    ]);
    const { logLevel = 'silent' } = given.endpoint;
    const logger = createLogger(logLevel, 'json', { base: { worker: given.number } });
    state = openState(given.state, { logger, isShared: true });
    endpoint = Promise.all([loadProviders(given.providerFiles, given.namespace), state]).then(([providers, opened]) =>
      openEndpoint(
        { ...given.endpoint, providers, state: opened },
        {
          role: 'worker',
          ...{ logger, identity: given.identity },
          takeExchange: teller.take,
          countElsewhere: (id) => primary.ask('countMatch', id),
          settings: (own) => ({
            get current() {
              return own.current;
            },
            change(changes) {
              own.change(changes);
              primary.tell('changeSettings', changes);
            },
          }),
          outsideMethods: (namespaces) => askPrimary(namespaces, () => shared?.methods ?? [], primary),
          opened(all) {
            parts = all;
            if (shared) apply(all, shared);
          },
        },
      ),
    );
    const { http, https } = await endpoint;
    if (parts?.metrics) setInterval(tellMetrics, METRICS_MS).unref();
    return {
      ...(http && { http: { ...http, host: given.endpoint.host ?? '' } }),
      ...(https && { https: { url: https.url, port: https.port, host: given.endpoint.host ?? '' } }),
    };
  }

  async function tellMetrics(): Promise<void> {
    const values = await parts?.metrics?.values();
    if (values) primary.tell('metrics', values);
  }

  function close(): Promise<never> {
    closing ??= end();
    return closing;
  }

  async function end(): Promise<never> {
    try {
      // Enumerations cannot be counted any more when it is closed.
      await tellMetrics();
      await (await endpoint)?.close();
      await (await state)?.close();
      await teller.flush();
    } catch (err) {
      parts?.logger.error({ err }, 'not everything could be closed');
    }
    process.exit();
  }
}

function apply({ rules, settings }: EndpointParts, { rules: wanted, settings: values }: Partial<Shared>): void {
  if (wanted) shareRules(rules, wanted);
  if (values) settings.change(values);
}

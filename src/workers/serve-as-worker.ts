import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { State } from '../cim/contracts/state.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { EndpointParts } from '../endpoint/endpoint-seams.js';
import { keptRequests } from '../endpoint/options/record-options.js';
import type { RecordBounds } from '../interceptors/record/exchange-ring.js';
import { askPrimary } from './ask-primary.js';
import { type Channel, openChannel } from './channel.js';
import { createOwnExchanges, type HandedOver, type HandOver, type OwnExchanges } from './own-exchanges.js';
import type { Listening, PrimaryServices, Shared, WorkerServices, WorkerStart } from './protocol.js';
import { shareRules } from './share-rules.js';
import { createWorkerListening } from './worker-listening.js';

/** How long what this process has kept may take to the primary when it ends, in milliseconds. */
const LEAVE_MS = 1_000;

/**
 * What a worker is: an endpoint that listens together with others, and asks the primary for all that holds for all of them. It ends when
 * it is told to, at SIGTERM, and when the primary has gone (which node:cluster sees to).
 */
export function serveAsWorker(): void {
  let shared: Shared | undefined;
  let parts: EndpointParts | undefined;
  let endpoint: Promise<Endpoint> | undefined;
  let exchanges: OwnExchanges | undefined;
  let state: Promise<State> | undefined;
  let closing: Promise<never> | undefined;
  const apply = createApply();
  const listening = createWorkerListening((err) => parts?.logger.error({ err }, 'it cannot listen again yet'));

  const primary: Channel<PrimaryServices> = openChannel(
    process,
    {
      start,
      share(changed: Partial<Shared>) {
        if (shared) shared = { ...shared, ...changed };
        if (parts) apply(parts, changed);
        if (changed.isDown !== undefined) listening.turn(!changed.isDown);
        if (changed.isWatched !== undefined) exchanges?.watch(changed.isWatched);
      },
      settle: () => listening.settled(),
      handOver: (wanted) => exchanges?.handOver(wanted) ?? NOTHING,
      takeCounts: () => parts?.rules.takeCounts() ?? [],
      wentBack: () => parts?.wentBack(),
      tellMetrics,
      close: () => close('told'),
    } satisfies WorkerServices,
    (err) => parts?.logger.error({ err }, 'a message of the primary failed'),
  );
  // A terminal sends it to all processes at once: the primary decides.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => void close('signalled'));
  process.once('uncaughtException', crash);
  primary.tell('hello', undefined);

  async function start(given: WorkerStart): Promise<Listening> {
    shared = given.shared;
    listening.turn(!given.shared.isDown);
    // Loaded here, so that whoever starts this by hand does not wait for it.
    const [{ openEndpoint }, { createLogger }, { loadProviders }, { openState }] = await Promise.all([
      import('../endpoint/start-endpoint.js'),
      import('../http/create-logger.js'),
      import('../config/load-providers.js'),
      import('../state/open-state.js'),
    ]);
    const own = createOwnExchanges(keptRequests(given.endpoint) ?? TRACED, () =>
      primary.tell('haveExchanges', undefined),
    );
    own.watch(shared.isWatched);
    exchanges = own;
    const { logLevel = 'silent' } = given.endpoint;
    const logger = createLogger(logLevel, 'json', { base: { worker: given.number } });
    state = openState(given.state, { logger, isShared: true });
    endpoint = Promise.all([loadProviders(given.providerFiles, given.namespace), state]).then(([providers, opened]) =>
      openEndpoint(
        { ...given.endpoint, providers, state: opened },
        {
          role: 'worker',
          ...{ logger, identity: given.identity },
          takeExchange: own.take,
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
          leaveElsewhere: (way) => primary.tell('leave', way),
          mayListen: listening.allowed,
          listening: listening.begun,
          outsideMethods: (namespaces) => askPrimary(namespaces, () => shared?.methods ?? [], primary),
          opened(all) {
            parts = all;
            if (shared) apply(all, shared);
          },
        },
      ),
    );
    const { http, https } = await endpoint;
    return {
      ...(http && { http: { ...http, host: given.endpoint.host ?? '' } }),
      ...(https && { https: { url: https.url, port: https.port, host: given.endpoint.host ?? '' } }),
    };
  }

  async function tellMetrics(): Promise<void> {
    const values = await parts?.metrics?.values();
    if (values) primary.tell('metrics', values);
  }

  /** What this process has kept goes to the primary: nobody can ask for it any more. */
  async function leave(): Promise<void> {
    primary.tell('leaveCounts', parts?.rules.takeCounts() ?? []);
    for (let isMore = exchanges !== undefined; isMore; ) {
      const handed = exchanges?.handOver(ALL) ?? NOTHING;
      isMore = handed.isMore;
      await primary.ask('leaveExchanges', handed);
    }
  }

  /** What came before the end is what somebody will want to see. */
  async function crash(error: unknown): Promise<never> {
    process.stderr.write(`${inspect(error)}\n`);
    await Promise.race([leave(), sleep(LEAVE_MS)]).catch(() => undefined);
    process.exit(1);
  }

  /** @param why `told`: all end, and what this one has kept is wanted only by whoever hears of each */
  function close(why: 'told' | 'signalled'): Promise<never> {
    closing ??= end(why);
    return closing;
  }

  async function end(why: 'told' | 'signalled'): Promise<never> {
    try {
      listening.end();
      // Enumerations cannot be counted any more when it is closed.
      await tellMetrics();
      await (await endpoint)?.close();
      await (await state)?.close();
      if (shared?.isWatched || why === 'signalled') await leave();
    } catch (err) {
      parts?.logger.error({ err }, 'not everything could be closed');
    }
    process.exit();
  }
}

const ALL: HandOver = { after: 0, until: Number.POSITIVE_INFINITY };
const NOTHING: HandedOver = { exchanges: [], lost: 0, isMore: false };
/** Of exchanges that are traced, and not kept. */
const TRACED: RecordBounds = { keep: 10_000, bytes: 32 * 1024 * 1024 };

/** Has this process go by what holds for all. */
function createApply(): (parts: EndpointParts, shared: Partial<Shared>) => void {
  let times = 0;
  return ({ rules, settings, forgetContexts }, { rules: wanted, settings: values, timesForgotten = 0 }) => {
    if (wanted) shareRules(rules, wanted);
    if (values) settings.change(values);
    for (; times < timesForgotten; times += 1) void forgetContexts();
  };
}

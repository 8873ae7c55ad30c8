import type { Cancellation } from '../cim/contracts/cancellation.js';
import type { InstanceTransaction } from '../cim/contracts/instance-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { ServedNamespace } from '../cim/create-handler.js';
import { CimError } from '../cim/model/cim-error.js';
import type { Logger } from '../http/logger.js';
import { putInstances } from '../lab/put-instances.js';
import type { ModelContent } from '../lab/snapshot.js';
import type { MofDialectChoice } from '../mof/dialect.js';
import { type HouseParts, openCimFace } from './open-cim-face.js';
import type { OpenStore } from './open-store.js';
import type { ReplacedState, ReplaceGuard } from './replace-guard.js';
import type { Resets } from './resets.js';
import type { ReadSeed } from './seed-model.js';
import type { ModelState } from './test-kit.js';

/** What a model and its state consist of. */
export interface ModelStateParts
  extends Omit<OpenStore, 'state' | 'wasFound'>,
    Omit<HouseParts, 'store' | 'namespaces'> {
  readonly namespaces: Namespaces<ServedNamespace>;
  readonly epoch: { current: number };
  /** Methods under way beside which nobody commits. */
  readonly exclusive: ReadonlySet<Cancellation>;
  readonly logger: Pick<Logger, 'warn'>;
  /** Ends the jobs of providers, and tells them. */
  resetProviders(): void;
  readonly resets: Pick<Resets, 'tell'>;
  /** How MOF that is seeded is read. */
  readonly dialect: MofDialectChoice;
  /** Tells other processes that the model has gone back, and waits for them. */
  readonly wentBack?: (() => Promise<void>) | undefined;
  /** Comes before all of the state is replaced. */
  readonly guard: ReplaceGuard;
}

/** What tests do with the model as a whole: look into it, add to it, set it back to its start or to a snapshot. */
export function openModelState(parts: ModelStateParts): ModelState {
  const { store, whole, newUuid, namespaces, resets, guard } = parts;
  let readSeed: Promise<ReadSeed> | undefined;
  return {
    cim: openCimFace(parts),
    async seed(sources) {
      readSeed ??= import('./seed-model.js').then(({ seedReader }) => seedReader(parts));
      const instances = await (await readSeed)(sources);
      const put = (each: InstanceTransaction) => putInstances(each, instances, namespaces);
      await parts.beyondBound(() => store.transaction(put, { id: 'seed', user: undefined }));
    },
    reset: () =>
      guard('reset', async () => {
        await goBack(parts, await parts.start());
        resets.tell();
      }),
    async snapshot() {
      const { takeSnapshot } = await import('../lab/snapshot.js');
      // The store's answer is of the moment in which it is asked.
      const instances = whole.all();
      const names = newUuid.position();
      return takeSnapshot({ instances: await instances, names }, namespaces);
    },
    async restore(snapshot): Promise<ReplacedState> {
      const { readSnapshot } = await import('../lab/snapshot.js');
      const content = readSnapshot(snapshot, namespaces);
      return guard('restore', () => goBack(parts, content));
    },
  };
}

/** How long a method may hold up what sets the model back. */
const PATIENCE_MS = 2_000;

/** A method that holds the model and does not end would hold it for ever. What it wrote is dropped. */
function endExclusive({ exclusive, logger }: ModelStateParts): void {
  if (exclusive.size === 0) return;
  logger.warn({ methods: exclusive.size }, 'methods that held the model were ended: it goes back to an earlier state');
  const reason = new CimError('Failed', 'The model went back to an earlier state before the method ended.');
  for (const held of exclusive) held.abort(reason);
}

/**
 * One step for everybody who asks the model: a call under way runs again on the new state, ends as a conflict, or has ended before. Clients
 * cannot go on with what they had begun.
 */
async function goBack(parts: ModelStateParts, to: ModelContent) {
  const { whole, newUuid, beyondBound, contexts, epoch, resetProviders } = parts;
  const replace = async (transaction: InstanceTransaction) => {
    await transaction.clear();
    await transaction.putMany(to.instances);
    newUuid.goTo(to.names);
    epoch.current += 1;
  };
  const impatience = setTimeout(() => endExclusive(parts), PATIENCE_MS);
  try {
    await beyondBound(() => whole.transaction(replace, { id: 'reset', user: undefined }));
  } finally {
    clearTimeout(impatience);
  }
  // Whoever began between the two cannot have seen the new state alone.
  epoch.current += 1;
  resetProviders();
  await parts.wentBack?.();
  await contexts.clear();
}

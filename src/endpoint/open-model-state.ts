import type { Cancellation } from '../cim/contracts/cancellation.js';
import type { InstanceTransaction } from '../cim/contracts/instance-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import { CimError } from '../cim/model/cim-error.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { Logger } from '../http/logger.js';
import type { ModelContent } from '../lab/snapshot.js';
import type { CimFace } from './cim-face.js';
import type { OpenStore } from './open-store.js';
import type { ReplacedState, ReplaceGuard } from './replace-guard.js';
import type { Resets } from './resets.js';
import type { ReadSeed } from './seed-model.js';
import type { ModelState } from './test-kit.js';

/** What a model and its state consist of. */
export interface ModelStateParts extends Omit<OpenStore, 'state' | 'wasFound'> {
  readonly cim: CimFace;
  /** The namespaces of the store; of one of several hosts those that it sees. */
  readonly namespaces: Namespaces;
  /** The instances that a snapshot has. They are those of the moment in which it is asked. */
  content(): Promise<readonly CimInstance[]>;
  /** Puts what was read of seeds where it belongs. */
  putSeed(instances: readonly CimInstance[]): Promise<void>;
  readonly readSeed: ReadSeed;
  /** What is under way belongs to the model as it was. */
  wentOn(): void;
  /** Methods under way beside which nobody commits. */
  readonly exclusive: ReadonlySet<Cancellation>;
  readonly logger: Pick<Logger, 'warn'>;
  /** Ends the jobs of providers, and tells them. */
  resetProviders(): void;
  readonly resets: Pick<Resets, 'tell'>;
  /** Has the computers that the model is of run again. */
  powerOn(): Promise<void>;
  /** Tells other processes that the model has gone back, and waits for them. */
  readonly wentBack?: (() => Promise<void>) | undefined;
  /** Comes before all of the state is replaced. */
  readonly guard: ReplaceGuard;
}

/** What tests do with the model as a whole: look into it, add to it, set it back to its start or to a snapshot. */
export function openModelState(parts: ModelStateParts): ModelState {
  const { newUuid, namespaces, resets, guard } = parts;
  return {
    cim: parts.cim,
    async seed(sources) {
      const instances = await parts.readSeed(sources);
      await parts.beyondBound(() => parts.putSeed(instances));
    },
    reset: () =>
      guard('reset', async () => {
        await goBack(parts, await parts.start());
        resets.tell();
      }),
    async snapshot() {
      const { takeSnapshot } = await import('../lab/snapshot.js');
      const instances = parts.content();
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
  const { whole, newUuid, beyondBound, contexts, wentOn, resetProviders } = parts;
  const replace = async (transaction: InstanceTransaction) => {
    await transaction.clear();
    await transaction.putMany(to.instances);
    newUuid.goTo(to.names);
    wentOn();
  };
  const impatience = setTimeout(() => endExclusive(parts), PATIENCE_MS);
  try {
    await beyondBound(() => whole.transaction(replace, { id: 'reset', user: undefined }));
  } finally {
    clearTimeout(impatience);
  }
  // Whoever began between the two cannot have seen the new state alone.
  wentOn();
  resetProviders();
  await parts.wentBack?.();
  await contexts.clear();
  await parts.powerOn();
}

import type { Command } from 'commander';
import type { State } from '../../cim/contracts/state.js';
import type { EffectiveSettings } from '../../config/effective-settings.js';
import { findUnfit } from '../../state/find-unfit.js';
import { isSameOrigin, readOrigin, type StateOrigin } from '../../state/state-origin.js';
import { UsageError } from '../exit-with-error.js';
import { addSettingFlags, settingsOf } from '../setting-flags.js';
import { runCommand, type Terminal } from '../terminal.js';
import { givenModel } from './given-model.js';
import { keptPlace, withState } from './kept-state.js';

const NOTES = `
Reads every instance, compares it with every index that leads to it, and every index with what it
leads to; and looks whether each fits the classes. Those are compiled from --lab and --schema, as
'serve' has them. --repair makes the indices anew, where instances themselves are whole.`;

interface CheckFlags {
  readonly repair?: boolean;
}

/** Adds `cimulator state check`. */
export function addCheck(program: Command, terminal: Terminal): void {
  const command = program
    .command('check')
    .description('look whether a state is whole')
    .option('--repair', 'make indices anew that do not fit the instances');
  addSettingFlags(command)
    .addHelpText('after', NOTES)
    .action(({ repair = false }: CheckFlags, self: Command) =>
      runCommand(terminal, async () => {
        const settings = await settingsOf(self);
        await withState(keptPlace(settings), settings, async (state) => {
          for await (const line of check(state, settings, repair)) terminal.out(`${line}\n`);
        });
      }),
    );
}

/** @throws UsageError for what is wrong */
async function* check(state: State, settings: EffectiveSettings, isRepaired: boolean): AsyncGenerator<string> {
  const { namespaces, origin } = await givenModel(settings);
  const found = await readOrigin(state.notes);
  yield* checkIndices(state, isRepaired);
  if (found !== undefined && found.schemaDigest !== origin.schemaDigest && !isNewer(found, origin)) {
    const classes = found.schema === 'built-in' ? '' : ` --schema ${found.schema}`;
    yield `they were not compared with classes: it was made with --lab ${found.lab}${classes}`;
    return;
  }
  const unfit = await findUnfit(state.store, namespaces);
  if (unfit !== undefined) throw new UsageError(`${state.place}: ${unfit}`);
  const lab = found === undefined || isSameOrigin(found, origin) ? '' : `; its lab was ${found.lab}`;
  yield `they fit the classes${lab}`;
}

/** @throws UsageError for what is wrong, and was not mended */
async function* checkIndices(state: State, isRepaired: boolean): AsyncGenerator<string> {
  const { place, upkeep } = state;
  const found = await upkeep?.check?.();
  if (found && found.problems.length > 0) {
    for (const problem of found.problems) yield problem;
    if (!found.isMendable) throw new UsageError(`${place} is damaged: restore a backup`);
    if (!isRepaired || !upkeep?.mend)
      throw new UsageError(`${place}: indices do not fit the instances, which are whole: --repair makes them anew`);
    yield `the indices of ${await upkeep.mend()} instances were made anew`;
  }
  const count = await readAll(state);
  yield `${count} instances can be read, and are found by their paths`;
  if (found?.problems.length === 0) yield `${found.entries} entries of indices fit them`;
}

function isNewer(found: StateOrigin, origin: StateOrigin): boolean {
  return found.isBuiltIn && origin.isBuiltIn;
}

/** @throws UsageError for one that is not found by its path */
async function readAll({ store, place }: State): Promise<number> {
  let count = 0;
  for await (const batch of store.batches()) {
    const paths = batch.flatMap(({ path }) => path ?? []);
    const found = await store.getMany(paths);
    const missing = found.findIndex((one, at) => one === undefined || one.className !== batch[at]?.className);
    if (missing >= 0 || paths.length < batch.length)
      throw new UsageError(`${place}: ${batch[missing]?.path} is not found by its path`);
    count += batch.length;
  }
  return count;
}

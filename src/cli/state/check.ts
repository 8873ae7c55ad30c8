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
Reads every instance, and looks whether it is found where it should be, by every index, and
whether it fits the classes. Those are compiled from --lab and --schema, as 'serve' has them.`;

/** Adds `cimulator state check`. */
export function addCheck(program: Command, terminal: Terminal): void {
  addSettingFlags(program.command('check').description('look whether a state is whole'))
    .addHelpText('after', NOTES)
    .action((_flags: object, self: Command) =>
      runCommand(terminal, async () => {
        const settings = await settingsOf(self);
        const lines = await withState(keptPlace(settings), settings, (state) => check(state, settings));
        terminal.out(`${lines.join('\n')}\n`);
      }),
    );
}

/** @throws UsageError for what is wrong */
async function check(state: State, settings: EffectiveSettings): Promise<readonly string[]> {
  const { namespaces, origin } = await givenModel(settings);
  const found = await readOrigin(state.notes);
  const count = await readAll(state);
  const told = [`${count} instances can be read, and are found by their paths${await checkIndices(state)}`];
  if (found !== undefined && found.schemaDigest !== origin.schemaDigest && !isNewer(found, origin)) {
    const classes = found.schema === 'built-in' ? '' : ` --schema ${found.schema}`;
    return [...told, `they were not compared with classes: it was made with --lab ${found.lab}${classes}`];
  }
  const unfit = await findUnfit(state.store, namespaces);
  if (unfit !== undefined) throw new UsageError(`${state.place}: ${unfit}`);
  const lab = found === undefined || isSameOrigin(found, origin) ? '' : `; its lab was ${found.lab}`;
  return [...told, `they fit the classes${lab}`];
}

function isNewer(found: StateOrigin, origin: StateOrigin): boolean {
  return found.isBuiltIn && origin.isBuiltIn;
}

/** @returns what to tell of it @throws UsageError for the first that is wrong */
async function checkIndices(state: State): Promise<string> {
  const found = await state.check?.();
  if (found === undefined) return '';
  const [problem] = found.problems;
  if (problem !== undefined) throw new UsageError(`${state.place}: ${problem}`);
  return ` and ${found.entries} entries of indices`;
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

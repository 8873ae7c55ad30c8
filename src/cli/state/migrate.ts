import type { Command } from 'commander';
import type { State } from '../../cim/contracts/state.js';
import type { EffectiveSettings } from '../../config/effective-settings.js';
import { findUnfit } from '../../state/find-unfit.js';
import { isSameOrigin, readOrigin, writeOrigin } from '../../state/state-origin.js';
import { UsageError } from '../exit-with-error.js';
import { addSettingFlags, settingsOf } from '../setting-flags.js';
import { runCommand, type Terminal } from '../terminal.js';
import { givenModel } from './given-model.js';
import { keptPlace, withState } from './kept-state.js';

const NOTES = `
Opens a state of an older version, which brings it to the format of this one, and says from which.
With --lab or --schema it takes it over to that lab and those classes, when all of its instances fit
them: instances stay as they are, and a reset goes back to the new lab.`;

/** Adds `cimulator state migrate`. */
export function addMigrate(program: Command, terminal: Terminal): void {
  addSettingFlags(
    program.command('migrate').description('take a state over to this version, another lab, other classes'),
  )
    .addHelpText('after', NOTES)
    .action((_flags: object, self: Command) =>
      runCommand(terminal, async () => {
        const settings = await settingsOf(self);
        terminal.out(`${await withState(keptPlace(settings), settings, (state) => migrate(state, settings))}\n`);
      }),
    );
}

/** @throws UsageError for an instance that does not fit */
async function migrate(state: State, settings: EffectiveSettings): Promise<string> {
  const { lab, schema } = settings.values;
  const told = formatOf(state);
  if (lab === undefined && schema === undefined) return told;
  const { namespaces, origin } = await givenModel(settings);
  const found = await readOrigin(state.notes);
  if (found && isSameOrigin(found, origin)) return `${told}\n${state.place} is of this lab and these classes already`;
  const unfit = await findUnfit(state.store, namespaces);
  if (unfit !== undefined) throw new UsageError(`nothing was changed: ${unfit}`);
  await writeOrigin(state.notes, origin);
  const before = found === undefined ? '' : `, and not with ${found.lab} any more`;
  return `${told}\n${state.place} goes on with the lab ${origin.lab}${before}: its ${await countOf(state)} instances fit, and stay as they are`;
}

/** It was migrated when it was opened, if that was needed. */
function formatOf({ place, upkeep }: State): string {
  if (upkeep?.formerFormat === undefined) return `${place} has the format of this version${ofNumber(upkeep?.format)}`;
  const former = `what it was stays beside it until it is opened again`;
  return `${place} was brought from format ${upkeep.formerFormat} to ${upkeep.format}; ${former}`;
}

function ofNumber(format: number | undefined): string {
  return format === undefined ? '' : ` (${format})`;
}

async function countOf({ upkeep }: State): Promise<string> {
  return upkeep === undefined ? '' : `${await upkeep.count()}`;
}

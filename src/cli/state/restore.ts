import { join } from 'node:path';
import type { Command } from 'commander';
import type { State } from '../../cim/contracts/state.js';
import type { EffectiveSettings } from '../../config/effective-settings.js';
import { keepBackup } from '../../state/backup/keep-backup.js';
import { type Backup, readBackup } from '../../state/backup/read-backup.js';
import { restoreBackup } from '../../state/backup/restore-backup.js';
import { UsageError } from '../exit-with-error.js';
import { addSettingFlags, settingsOf } from '../setting-flags.js';
import { runCommand, type Terminal } from '../terminal.js';
import { type KeptPlace, keptPlace, withState } from './kept-state.js';
import { runningWith } from './running-endpoint.js';

const NOTES = `
The endpoint is stopped first; what the state was is kept beside it, in 'backups', the last three.
A database that has something in it is taken back with --allow-reset alone.`;

/** Adds `cimulator state restore`. */
export function addRestore(program: Command, terminal: Terminal): void {
  const command = program
    .command('restore')
    .description('put what a backup has in the place of a state')
    .argument('<file>', "of 'cimulator state backup'");
  addSettingFlags(command)
    .addHelpText('after', NOTES)
    .action((file: string, _flags: object, self: Command) =>
      runCommand(terminal, async () => {
        const settings = await settingsOf(self);
        const place = keptPlace(settings);
        const backup = await read(file);
        await requireStopped(place, settings);
        const kept = await withState(place, settings, (state) => replace(state, backup, place, settings), true);
        const before = kept === undefined ? '' : `; as it was it is kept in ${kept}`;
        const lab = backup.origin === undefined ? '' : ` of the lab ${backup.origin.lab}`;
        terminal.out(`${backup.count} instances${lab} are in the state now${before}\n`);
      }),
    );
}

async function read(file: string): Promise<Backup> {
  try {
    return await readBackup(file);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    throw new UsageError(`cannot read ${file} (${code})`, { cause: error });
  }
}

async function requireStopped(place: KeptPlace, settings: EffectiveSettings): Promise<void> {
  const running = await runningWith(place, settings);
  if (running) throw new UsageError(`an endpoint runs with ${place.directory} (${running.controlUrl}): stop it first`);
}

/** @returns the backup of what there was; undefined when there was nothing */
async function replace(
  state: State,
  backup: Backup,
  { directory }: KeptPlace,
  { values: { allowReset, dataDir } }: EffectiveSettings,
): Promise<string | undefined> {
  let kept: string | undefined;
  if (!(await state.store.isEmpty())) {
    if (directory === undefined && !allowReset)
      throw new UsageError(
        `${state.place} has something in it, which others may want: --allow-reset puts the backup in its place`,
      );
    if (directory === undefined && dataDir === 'none')
      throw new UsageError('what there is would be kept in the data directory: name one with --data-dir');
    kept = await keepBackup(state, join(directory ?? dataDir, 'backups'), 'restore');
  }
  await restoreBackup(state, backup);
  return kept;
}

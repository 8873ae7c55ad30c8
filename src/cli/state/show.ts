import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { State } from '../../cim/contracts/state.js';
import { readOrigin } from '../../state/state-origin.js';
import { formatTable } from '../format-table.js';
import { printableLine } from '../printable.js';
import { addSettingFlags, settingsOf } from '../setting-flags.js';
import { runCommand, type Terminal } from '../terminal.js';
import { type KeptPlace, keptPlace, withState } from './kept-state.js';
import { runningWith } from './running-endpoint.js';

/** Adds `cimulator state show`. */
export function addShow(program: Command, terminal: Terminal): void {
  addSettingFlags(program.command('show').description('say where a state is, and what it was made from')).action(
    (_flags: object, self: Command) =>
      runCommand(terminal, async () => {
        const settings = await settingsOf(self);
        const place = keptPlace(settings);
        const running = await runningWith(place, settings);
        const rows = running
          ? [
              ['place', place.text],
              ['in use', `an endpoint runs with it: ${running.controlUrl}`],
            ]
          : await withState(place, settings, (state) => rowsOf(state, place));
        terminal.out(
          formatTable(
            ['STATE', ''],
            rows.map((row) => row.map((cell) => printableLine(cell))),
          ),
        );
      }),
  );
}

async function rowsOf(state: State, { directory }: KeptPlace): Promise<string[][]> {
  const origin = await readOrigin(state.notes);
  const count = await state.upkeep?.count();
  const backups = directory === undefined ? [] : await readdir(join(directory, 'backups')).catch(() => []);
  return [
    ['place', state.place],
    ['kind', state.kind],
    ['format', `${state.upkeep?.format ?? ''}`],
    ['instances', `${count ?? ''}`],
    ['lab', origin?.lab ?? ''],
    ['classes', origin?.schema ?? ''],
    ...backups.sort().map((name) => ['backup', name]),
  ];
}

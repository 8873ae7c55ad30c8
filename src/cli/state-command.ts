import type { Command } from 'commander';
import { addBackup } from './state/backup.js';
import { addCheck } from './state/check.js';
import { addMigrate } from './state/migrate.js';
import { addRestore } from './state/restore.js';
import { addShow } from './state/show.js';
import { processTerminal, type Terminal } from './terminal.js';

const NOTES = `
The state is the one that a 'serve' with the same flags, variables and file of settings has:
--state DIR or postgres://..., or 'state' in the data directory.

Exit status: 0; 1 when something is wrong, and then nothing was changed.`;

/** Adds `cimulator state …` to the program. */
export function addStateCommand(program: Command, terminal: Terminal = processTerminal): void {
  const state = program
    .command('state')
    .description('what an endpoint keeps: look at it, copy it, move it')
    .addHelpText('after', NOTES);
  addShow(state, terminal);
  addBackup(state, terminal);
  addRestore(state, terminal);
  addCheck(state, terminal);
  addMigrate(state, terminal);
}

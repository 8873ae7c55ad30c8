import { Command } from 'commander';
import { addRequestsCommand } from '../../../src/cli/requests-command.js';
import { addRulesCommand } from '../../../src/cli/rules-command.js';
import { addSpacesCommand } from '../../../src/cli/spaces-command.js';
import {
  addResetCommand,
  addRestoreCommand,
  addSeedCommand,
  addSnapshotCommand,
} from '../../../src/cli/state-commands.js';
import { addWaitCommand } from '../../../src/cli/wait-command.js';
import { recordingTerminal } from '../recording-terminal.js';

const ALL = [
  ...[addRequestsCommand, addWaitCommand, addResetCommand, addSnapshotCommand, addRestoreCommand, addSeedCommand],
  ...[addRulesCommand, addSpacesCommand],
];

/** What a command of the control API prints, and how it ends. */
export async function runCommandLine(...line: readonly string[]) {
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  for (const add of ALL) add(program, terminal);
  await program.parseAsync([...line], { from: 'user' });
  return terminal.seen;
}

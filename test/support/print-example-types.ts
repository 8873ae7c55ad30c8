import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { addTypesCommand } from '../../src/cli/types-command.js';
import { recordingTerminal } from '../cli/recording-terminal.js';

/** What `cimulator types --built-in` writes for a file of fixtures/examples. */
export async function printExampleTypes(file: string, ...flags: readonly string[]): Promise<string> {
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  addTypesCommand(program, terminal);
  const mof = fileURLToPath(new URL(`../../fixtures/examples/${file}`, import.meta.url));
  await program.parseAsync(['types', '--built-in', mof, ...flags], { from: 'user' });
  const { out, err, exitCode } = terminal.seen;
  if (exitCode !== 0) throw new Error(err);
  return out;
}

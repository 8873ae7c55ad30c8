import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { writePrivateFile } from '../files/private-file.js';
import { withControl } from './control/control-client.js';
import { addControlOptions, type ControlFlags } from './control/control-options.js';
import { readInput, readJson } from './control/read-input.js';
import { UsageError } from './exit-with-error.js';
import { printableJson } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface SnapshotFlags extends ControlFlags {
  readonly output: string;
}

/** Adds `cimulator reset` to the program. */
export function addResetCommand(program: Command, terminal: Terminal = processTerminal): void {
  addControlOptions(program.command('reset').description('take a running endpoint back to its start')).action(
    (flags: ControlFlags) =>
      runCommand(terminal, () => withControl(flags, async (client) => void (await client.ask('POST', '/v1/reset')))),
  );
}

/** Adds `cimulator snapshot` to the program. */
export function addSnapshotCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('snapshot')
    .description('write down the model of a running endpoint, to go back to it')
    .addOption(new Option('-o, --output <file>', "where to; '-': stdout. For its owner alone").default('-'));
  addControlOptions(command).action((flags: SnapshotFlags) =>
    runCommand(terminal, async () => {
      const snapshot = await withControl(flags, (client) => client.ask('POST', '/v1/snapshot'));
      const text = `${printableJson(snapshot, 0)}\n`;
      if (flags.output === '-') terminal.out(text);
      else await write(flags.output, text);
    }),
  );
}

/** Adds `cimulator restore` to the program. */
export function addRestoreCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('restore')
    .description('take a running endpoint back to a snapshot')
    .argument('<file>', "of 'cimulator snapshot'; '-': stdin");
  addControlOptions(command).action((path: string, flags: ControlFlags) =>
    runCommand(terminal, async () => {
      const snapshot = readJson(await readInput(path), path);
      await withControl(flags, (client) => client.ask('POST', '/v1/restore', snapshot));
    }),
  );
}

/** Adds `cimulator seed` to the program. */
export function addSeedCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('seed')
    .description('add instances to a running endpoint, all or nothing')
    .argument('<files...>', 'MOF, or JSON: an instance or a list of them; - for MOF on stdin');
  addControlOptions(command).action((paths: readonly string[], flags: ControlFlags) =>
    runCommand(terminal, async () => {
      const sources = (await Promise.all(paths.map(sourcesOf))).flat();
      await withControl(flags, (client) => client.ask('POST', '/v1/seed', { sources }));
    }),
  );
}

/** A file as the control API takes it: its text, or its instances. */
async function sourcesOf(path: string): Promise<readonly object[]> {
  const text = await readInput(path);
  if (!path.toLowerCase().endsWith('.json')) return [{ mof: text, name: path === '-' ? 'stdin' : basename(path) }];
  return [readJson(text, path)].flat().map((instance) => ({ instance }));
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writePrivateFile(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${path} (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
}

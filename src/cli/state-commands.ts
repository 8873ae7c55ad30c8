import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { errorCode } from '../files/error-code.js';
import { writePrivateOutput } from '../files/private-output.js';
import { ControlRefusal, withControl } from './control/control-client.js';
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
      runCommand(terminal, () =>
        withControl(flags, async (client) => tellBackup(await client.ask('POST', '/v1/reset'), terminal)),
      ),
  );
}

/** Of a state that outlives its process, what it was is kept. */
function tellBackup(answer: unknown, terminal: Terminal): void {
  const backup = (answer as { readonly backup?: unknown } | undefined)?.backup;
  if (typeof backup === 'string') terminal.out(`the state as it was is kept in ${backup}\n`);
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
      await withControl(flags, async (client) =>
        tellBackup(await client.ask('POST', '/v1/restore', snapshot), terminal),
      );
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
      const given = (await Promise.all(paths.map(sourcesOf))).flat();
      const sources = given.map(({ source }) => source);
      await withControl(flags, (client) =>
        client.ask('POST', '/v1/seed', { sources }).catch((error: unknown) => {
          throw error instanceof ControlRefusal ? inFile(error, given) : error;
        }),
      );
    }),
  );
}

/** What the control API takes, and what it is for whoever gave it: `fans.json[3]`. */
interface GivenSource {
  readonly source: object;
  readonly place: string;
}

/** A file as the control API takes it: its text, or its instances. */
async function sourcesOf(path: string): Promise<readonly GivenSource[]> {
  const text = await readInput(path);
  const name = path === '-' ? 'stdin' : basename(path);
  if (!path.toLowerCase().endsWith('.json')) return [{ source: { mof: text, name }, place: name }];
  const json = readJson(text, path);
  if (!Array.isArray(json)) return [{ source: { instance: json }, place: name }];
  return json.map((instance, index) => ({ source: { instance }, place: `${name}[${index}]` }));
}

/** The place in the body is none that whoever gave files knows. */
function inFile(refusal: ControlRefusal, given: readonly GivenSource[]): Error {
  const [, index] = /^(?:sources|seed)\[(\d+)\]/.exec(refusal.message) ?? [];
  const place = index === undefined ? undefined : given[Number(index)]?.place;
  if (place === undefined) return refusal;
  return new UsageError(refusal.message.replace(/^\w+\[\d+\](?:\.instance)?[.:]?\s*/, `${place}: `), {
    cause: refusal,
  });
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writePrivateOutput(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${path} (${errorCode(error)})`, { cause: error });
  }
}

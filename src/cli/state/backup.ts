import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Command, Option } from 'commander';
import { writePrivateStream } from '../../files/private-stream.js';
import { readBackup } from '../../state/backup/read-backup.js';
import { writeBackup } from '../../state/backup/write-backup.js';
import { withControl } from '../control/control-client.js';
import type { ControlFlags } from '../control/control-options.js';
import { UsageError } from '../exit-with-error.js';
import { addSettingFlags, settingsOf } from '../setting-flags.js';
import { runCommand, type Terminal } from '../terminal.js';
import { keptPlace, withState } from './kept-state.js';
import { runningWith } from './running-endpoint.js';

interface BackupFlags {
  readonly controlUrl?: string;
  readonly controlToken?: string;
  readonly controlFingerprint?: string;
}

const NOTES = `
While an endpoint runs, too: the file has the state of one moment. Over --control-url that of any
endpoint, also one that keeps nothing. The file is for its owner alone: it holds whatever the
properties hold. Any state can be restored from it, in a folder or in a database.`;

/** Adds `cimulator state backup`. */
export function addBackup(program: Command, terminal: Terminal): void {
  const command = program
    .command('backup')
    .description('write a state down')
    .argument('<file>', 'where to')
    .addOption(new Option('--control-url <url>', 'of a running endpoint').env('CIMULATOR_CONTROL_URL'))
    .addOption(new Option('--control-token <token>', 'its token').env('CIMULATOR_CONTROL_TOKEN'))
    .addOption(new Option('--control-fingerprint <sha256>', 'of its certificate').env('CIMULATOR_FINGERPRINT'));
  addSettingFlags(command)
    .addHelpText('after', NOTES)
    .action((file: string, flags: BackupFlags, self: Command) =>
      runCommand(terminal, async () => {
        await requireFolderOf(file);
        const settings = await settingsOf(self);
        const asked = flags.controlUrl === undefined ? undefined : { ...flags, dataDir: settings.values.dataDir };
        if (asked) return tell(file, await fromEndpoint(asked, file), terminal);
        const place = keptPlace(settings);
        const running = await runningWith(place, settings);
        if (running) return tell(file, await fromEndpoint(running, file), terminal);
        await withState(place, settings, (state) => write(file, writeBackup(state)));
        tell(file, await countOf(file), terminal);
      }),
    );
}

async function fromEndpoint(flags: ControlFlags, file: string): Promise<number> {
  await withControl(flags, async (client) => write(file, await client.stream('/v1/backup', undefined)));
  return countOf(file);
}

/** What was written is read again: a connection may have broken off. */
async function countOf(file: string): Promise<number> {
  return (await readBackup(file)).count;
}

function tell(file: string, count: number, terminal: Terminal): void {
  terminal.out(`${count} instances are in ${file}\n`);
}

async function write(file: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  try {
    await writePrivateStream(file, pieces);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** Its name may be a slip: no folder is made. */
async function requireFolderOf(file: string): Promise<void> {
  await stat(dirname(file)).catch((error: unknown) => {
    throw unwritable(file, error);
  });
}

function unwritable(file: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  return new UsageError(`cannot write ${file} (${code})`, { cause: error });
}

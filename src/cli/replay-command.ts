import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { errorCode } from '../files/error-code.js';
import { exitWithError, UsageError } from './exit-with-error.js';
import { addListenerOptions, type ListenerFlags, listen } from './listener-options.js';

interface ReplayFlags extends ListenerFlags {
  readonly strict?: boolean;
  readonly fallback?: string;
}

const NOTES = `
A request is answered by its operation, its target and its input, whatever client sends it; equal
ones get their answers in the order of the recording, and the last one again and again. What nothing
answers is told in the fault and in the log: the nearest recorded request, and where they differ.`;

/** Adds `cimulator replay` to the program. */
export function addReplayCommand(program: Command): void {
  const command = program
    .command('replay')
    .description('answer from a recording of another endpoint')
    .argument('<file>', "what 'cimulator record' wrote")
    .option('--strict', 'take requests in the order of the recording only, each once')
    .option('--fallback <lab>', 'answer what was not recorded from this lab, a name or a .mof file');
  addListenerOptions(command)
    .addHelpText('after', NOTES)
    .action(async (file: string, flags: ReplayFlags) => {
      try {
        await replayFile(file, flags);
      } catch (error) {
        exitWithError(error);
        process.stdin.unref?.();
      }
    });
}

async function replayFile(file: string, flags: ReplayFlags): Promise<void> {
  const { strict, fallback } = flags;
  if (strict && fallback !== undefined) throw new UsageError('either --strict, or --fallback');
  const [{ readRecording }, { replay }] = await Promise.all([
    import('../replay/recording.js'),
    import('../replay/replay.js'),
  ]);
  const recording = readRecording(await read(file), file);
  const interceptor = replay(recording, { strict, fallback: fallback !== undefined });
  await listen(flags, { lab: fallback ?? 'none', interceptors: { message: [interceptor] } }, async () => undefined);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file} (${errorCode(error)})`);
  }
}

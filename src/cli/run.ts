import { Command } from 'commander';
import { packageVersion } from '../package/package-version.js';
import { exitWithError } from './exit-with-error.js';

/**
 * Every command, by its name: a file `…-command.ts` with a function that adds the command to the program. Only the one that is
 * called is loaded, so that the server does not wait for the client's libraries nor the client for the server's.
 */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  serve: async () => (await import('./serve-command.js')).addServeCommand,
  identify: async () => (await import('./identify-command.js')).addIdentifyCommand,
  invoke: async () => (await import('./invoke-command.js')).addInvokeCommand,
  get: async () => (await import('./get-command.js')).addGetCommand,
  enumerate: async () => (await import('./enumerate-command.js')).addEnumerateCommand,
  associators: async () => (await import('./association-commands.js')).addAssociatorsCommand,
  references: async () => (await import('./association-commands.js')).addReferencesCommand,
  create: async () => (await import('./create-command.js')).addCreateCommand,
  set: async () => (await import('./set-command.js')).addSetCommand,
  delete: async () => (await import('./delete-command.js')).addDeleteCommand,
  class: async () => (await import('./class-commands.js')).addClassCommand,
  classes: async () => (await import('./class-commands.js')).addClassesCommand,
  readyz: async () => (await import('./readyz-command.js')).addReadyzCommand,
  doctor: async () => (await import('./doctor-command.js')).addDoctorCommand,
  user: async () => (await import('./user-command.js')).addUserCommand,
  types: async () => (await import('./types-command.js')).addTypesCommand,
  bridge: async () => (await import('./bridge-command.js')).addBridgeCommand,
  requests: async () => (await import('./requests-command.js')).addRequestsCommand,
  wait: async () => (await import('./wait-command.js')).addWaitCommand,
  reset: async () => (await import('./state-commands.js')).addResetCommand,
  snapshot: async () => (await import('./state-commands.js')).addSnapshotCommand,
  restore: async () => (await import('./state-commands.js')).addRestoreCommand,
  state: async () => (await import('./state-command.js')).addStateCommand,
  seed: async () => (await import('./state-commands.js')).addSeedCommand,
  rules: async () => (await import('./rules-command.js')).addRulesCommand,
  spaces: async () => (await import('./spaces-command.js')).addSpacesCommand,
  'powershell-module': async () => (await import('./powershell-module-command.js')).addPowerShellModuleCommand,
  record: async () => (await import('./record-command.js')).addRecordCommand,
  replay: async () => (await import('./replay-command.js')).addReplayCommand,
  mof: async () => (await import('./mof-command.js')).addMofCommand,
  worker: async () => (await import('./worker-command.js')).addWorkerCommand,
  config: async () => (await import('./config-command.js')).addConfigCommand,
  lab: async () => (await import('./lab-command.js')).addLabCommand,
};

/** Runs the command line, to its end; what goes wrong is told on stderr, with exit status 1. */
export async function run(args: readonly string[]): Promise<void> {
  // `cimulator enumerate … | head` closes the pipe before everything is written: nobody reads any more, so there is no more to do.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') exitWithError(error);
    process.exit();
  });
  try {
    await parse(args);
  } catch (error) {
    exitWithError(error);
  }
}

const MAX_HELP_WIDTH = 100;

async function parse(args: readonly string[]): Promise<void> {
  // An empty variable is one that is not set: container set-ups cannot express the difference.
  for (const [name, value] of Object.entries(process.env)) {
    if (name.startsWith('CIMULATOR_') && value === '') delete process.env[name];
  }

  const program = new Command('cimulator')
    .description('a WinRM / WS-Management endpoint for the iSCSI Target SMI-S namespace, and a client for it')
    .version(packageVersion(), '-v, --version')
    .configureOutput({ getOutHelpWidth: helpWidth, getErrHelpWidth: helpWidth })
    .showHelpAfterError('(add --help for the options)')
    .showSuggestionAfterError();
  const [name = ''] = args;
  const load = Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]] : Object.values(COMMANDS);
  for (const add of load) (await add?.())?.(program);
  // As it was called first.
  await program.parseAsync(name === '-V' ? ['-v'] : args.map(withOwnName), { from: 'user' });
}

/** Node 20 takes a flag of this name for itself, wherever it stands, and looks for the file: we have another for it. */
function withOwnName(argument: string): string {
  return argument.replace(/^--env-file(?==|$)/, '--write-env');
}

/** Longer lines are hard to read, however wide the terminal is. */
function helpWidth(): number {
  return Math.min(process.stdout.columns ?? MAX_HELP_WIDTH, MAX_HELP_WIDTH);
}

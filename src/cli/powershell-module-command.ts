import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { packageFile } from '../package/package-file.js';
import { UsageError } from './exit-with-error.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface PowerShellModuleFlags {
  readonly install?: boolean;
  readonly to?: string;
}

const NAME = 'Cimulator';
/** Where an installed module finds its package: the bridge and the server are there. Cimulator.psm1 and what it loads read it. */
const NOTE = 'package-path.txt';

const NOTES = `
In PowerShell 7.4 or newer:

  Import-Module (npx cimulator powershell-module)

or, once installed, Import-Module Cimulator, from anywhere. The installed module needs the package
where it is now; after the package was moved or updated, install again.`;

/** Adds `cimulator powershell-module` to the program. */
export function addPowerShellModuleCommand(program: Command, terminal: Terminal = processTerminal): void {
  program
    .command('powershell-module')
    .description('print where the PowerShell module is, or install it for this user')
    .addOption(new Option('--install', "copy it into the user's module folder, and print where it is then"))
    .addOption(new Option('--to <folder>', 'another module folder for --install').default(undefined, userModules()))
    .addHelpText('after', NOTES)
    .action((flags: PowerShellModuleFlags) =>
      runCommand(terminal, async () => {
        if (flags.to !== undefined && !flags.install) throw new UsageError('--to goes with --install');
        const module = packageFile(`powershell/${NAME}`);
        terminal.out(`${flags.install ? await install(module, flags.to ?? userModules()) : module}\n`);
      }),
    );
}

/** Where PowerShell looks for the modules of a user (about_PSModulePath). */
function userModules(): string {
  if (process.platform === 'win32') return join(homedir(), 'Documents', 'PowerShell', 'Modules');
  const { XDG_DATA_HOME: data } = process.env;
  return join(data ? data : join(homedir(), '.local', 'share'), 'powershell', 'Modules');
}

/**
 * Copies the module in the place of an older copy.
 *
 * @returns its folder
 * @throws UsageError when what lies there is no copy
 */
async function install(module: string, modules: string): Promise<string> {
  const target = join(modules, NAME);
  if (existsSync(target) && !existsSync(join(target, `${NAME}.psd1`)))
    throw new UsageError(`${target} is something else: move it away, or give --to another folder`);
  // A copy that ends half way leaves what was there.
  const draft = join(modules, `.${NAME}-${randomUUID()}`);
  try {
    await mkdir(modules, { recursive: true });
    await cp(module, draft, { recursive: true });
    await writeFile(join(draft, NOTE), `${packageFile('.')}\n`);
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
  } catch (error) {
    throw new UsageError(`cannot write to ${modules}: ${(error as Error).message}`, { cause: error });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return target;
}

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/** What runs the Pester files: the program, and the manifest of Pester. */
export interface PesterHost {
  readonly pwsh: string;
  readonly pester: string;
}

/**
 * PowerShell from CIMULATOR_PWSH, PATH, or where `scripts/install-powershell.mjs` puts it; Pester from there, or from NuGet's folder.
 * Undefined when this machine has not both, after saying so. CI sets CIMULATOR_REQUIRE_LIVE_CLIENTS, and then it is an error.
 */
export function findPesterHost(): PesterHost | undefined {
  const pwsh = [process.env.CIMULATOR_PWSH, 'pwsh', join(cache, 'pwsh', 'pwsh')].find(isPowerShell);
  const pester = [notedPester(), join(homedir(), '.nuget/packages/pester/6.2.0/tools/Pester.psd1')].find(
    (file) => file !== undefined && existsSync(file),
  );
  if (pwsh !== undefined && pester !== undefined) return { pwsh, pester };
  const missing = pwsh === undefined ? 'PowerShell (pwsh) is not installed' : 'Pester 6.2.0 is not installed';
  const reason = `${missing}: node scripts/install-powershell.mjs, which needs the .NET SDK`;
  if (process.env.CIMULATOR_REQUIRE_LIVE_CLIENTS === '1') throw new Error(reason);
  console.log(`skipped: ${reason}`);
  return undefined;
}

function isPowerShell(command: string | undefined): command is string {
  return command !== undefined && spawnSync(command, ['-Version'], { stdio: 'ignore' }).status === 0;
}

/** The script writes there which folder the restore gave. */
function notedPester(): string | undefined {
  const note = join(cache, 'pester', 'path.txt');
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined;
}

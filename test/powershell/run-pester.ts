import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { PesterHost } from './find-pwsh.js';

const runner = fileURLToPath(new URL('run-file.ps1', import.meta.url));

export interface PesterResult {
  readonly passed: number;
  /** The tests that failed or could not run, each with its message. */
  readonly problems: readonly string[];
  /** The tests that lack something on this machine, each with its reason. */
  readonly skipped: readonly string[];
}

/**
 * Runs Pester files in a PowerShell of their own, which finds itself as `pwsh`.
 *
 * @throws Error with what PowerShell said, when it gives no result
 */
export async function runPester({ pwsh, pester }: PesterHost, files: readonly string[]): Promise<PesterResult> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CIMULATOR_'));
  const child = spawn(pwsh, ['-NoProfile', '-NonInteractive', '-File', runner, pester, ...files], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(inherited), POWERSHELL_TELEMETRY_OPTOUT: '1', NO_COLOR: '1' },
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const result = /^RESULT (.+)$/m.exec(output)?.[1];
  if (result === undefined) throw new Error(`${output}\n${errors}`);
  return JSON.parse(result) as PesterResult;
}

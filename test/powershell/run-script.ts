import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** After it a script is ended, below the time that its test has. */
const TIMEOUT_MS = 100_000;

export interface Outcome {
  readonly output: string;
  readonly errors: string;
  readonly code: number | null;
}

/**
 * Runs a script in the project's folder; the module is found by its name, too. An error ends it.
 *
 * @param pwsh the program, behind one that runs it
 */
export async function runScript(
  pwsh: string | readonly string[],
  script: string,
  more: Record<string, string> = {},
): Promise<Outcome> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CIMULATOR_'));
  const [program = '', ...given] = [pwsh].flat();
  const child = spawn(program, [...given, '-NoProfile', '-NonInteractive', '-Command', '-'], {
    cwd: root,
    timeout: TIMEOUT_MS,
    env: {
      ...Object.fromEntries(inherited),
      ...more,
      PSModulePath: `${root}powershell`,
      POWERSHELL_TELEMETRY_OPTOUT: '1',
      NO_COLOR: '1',
    },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end(`$ErrorActionPreference = 'Stop'\n& {\n${script}\n}\n\n`);
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { output, errors, code };
}

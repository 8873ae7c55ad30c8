import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The built program; `npm test` builds first. */
export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly process: ChildProcess;
  /** The first line on stdout. Rejects, with what was said, when the program ends without one. */
  firstLine(): Promise<string>;
  /** How it ended. */
  readonly result: Promise<CliResult>;
}

/**
 * Starts the program; `CIMULATOR_…` variables of this process do not reach it, those given do.
 *
 * @param stdin what it can read there; null: nothing, and no end
 */
export function startCli(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  stdin?: string | null,
): RunningCli {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CIMULATOR_'));
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...Object.fromEntries(inherited), ...variables },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (stdin !== null) child.stdin.end(stdin);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const result = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));

  return {
    process: child,
    result,
    async firstLine() {
      while (!stdout.includes('\n')) {
        const ended = await Promise.race([once(child.stdout, 'data').then(() => undefined), result]);
        if (ended !== undefined) throw new Error(`ended with ${ended.code}: ${ended.stderr}`);
      }
      return stdout.slice(0, stdout.indexOf('\n'));
    },
  };
}

/** Runs the program to its end. */
export function runCli(
  args: readonly string[],
  variables?: Readonly<Record<string, string>>,
  stdin?: string,
): Promise<CliResult> {
  return startCli(args, variables, stdin).result;
}

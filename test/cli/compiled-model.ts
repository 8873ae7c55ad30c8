import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'CIMULATOR_TEST_COMPILED_MODEL';

/** Global set-up of vitest: a folder for what servers of this run have compiled. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'cimulator-compiled-'));
  process.env[VARIABLE] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Gives a new data directory what a server of this run has compiled already, as the next start of one finds it. */
export function giveCompiledModel(dataDir: string): void {
  const kept = keptFolder();
  if (existsSync(kept)) cpSync(kept, join(dataDir, 'cache'), { recursive: true });
}

/** Keeps what the first server of the run left in its data directory. */
export function keepCompiledModel(dataDir: string): void {
  const [kept, made] = [keptFolder(), join(dataDir, 'cache')];
  if (existsSync(kept) || !existsSync(made)) return;
  const whole = mkdtempSync(`${kept}-`);
  cpSync(made, whole, { recursive: true });
  try {
    renameSync(whole, kept);
  } catch {
    // Another process was faster.
    rmSync(whole, { recursive: true });
  }
}

function keptFolder(): string {
  const folder = process.env[VARIABLE];
  if (folder === undefined) throw new Error('vitest was started without its global set-up');
  return join(folder, 'cache');
}

// Feeds the decoders of authentication and message encryption with far more inputs than the test run does:
//   node scripts/fuzz-auth.mjs [inputs, by default 1000000]
// A failure prints the seed and the smallest input that shows it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const inputs = Number(process.argv[2] ?? 1_000_000);
if (!Number.isSafeInteger(inputs) || inputs < 1) {
  console.error('usage: node scripts/fuzz-auth.mjs [inputs]');
  process.exit(2);
}

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const run = spawn(process.execPath, [vitest, 'run', 'test/robustness/auth/fuzz.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, CIMULATOR_FUZZ_INPUTS: String(inputs) },
});
run.on('exit', (code) => process.exit(code ?? 1));

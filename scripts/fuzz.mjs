// Gives far more inputs to what test/robustness fuzzes than the test run does; CONTRIBUTING.md says what to do with a find.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../', import.meta.url));
const TESTS = 'test/robustness/fuzz';
/** Whole dialogues, whose bytes follow from those before: fast-check makes them, and says itself what failed and with which seed. */
const SIGN_IN = 'sign-in';
const SIGN_IN_TEST = 'test/robustness/auth/fuzz.test.ts';
const targets = readdirSync(join(root, TESTS, 'targets')).map((file) => file.replace(/\.ts$/, ''));

const USAGE = `usage: npm run fuzz -- [--target NAME] [--runs N] [--seed N] [--from N]
       npm run fuzz -- --target NAME --input FILE
--target  one of ${targets.join(', ')}; all of these when left out;
          ${SIGN_IN}: dialogues with changed tokens, of which only --runs can be said
--runs    how many inputs each gets, by default 1000000
--seed    what all inputs follow from, with their number; by default another one each time
--from    the number of the first input, by default 0
--input   a file with one input, as it was written when it failed`;

/** Ends the process with what is wrong with its arguments. */
function refuse(problem) {
  console.error(`fuzz: ${problem}\n${USAGE}`);
  process.exit(2);
}

function parse() {
  const text = { type: 'string' };
  try {
    return parseArgs({
      options: { target: text, runs: text, seed: text, from: text, input: text, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    return refuse(error.message);
  }
}

function wholeNumber(name, given, least) {
  const number = Number(given);
  if (!/^\d+$/.test(given) || !Number.isSafeInteger(number) || number < least) {
    refuse(`--${name} is a whole number of at least ${least}, not ${given}`);
  }
  return number;
}

const { target, input, help, runs = '1000000', seed = String(Date.now() % 2 ** 31), from = '0' } = parse();
if (help) {
  console.log(USAGE);
  process.exit(0);
}
if (target !== undefined && target !== SIGN_IN && !targets.includes(target)) refuse(`there is no target ${target}`);
if (input !== undefined && target === undefined) refuse('--input needs --target');
const asked = {
  target,
  runs: wholeNumber('runs', runs, 1),
  seed: wholeNumber('seed', seed, 0),
  from: wholeNumber('from', from, 0),
  ...(input !== undefined && { input: resolve(input) }),
};

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const run = spawn(
  process.execPath,
  [vitest, 'run', target === SIGN_IN ? SIGN_IN_TEST : TESTS, '--disableConsoleIntercept'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CIMULATOR_FUZZ: JSON.stringify(asked), CIMULATOR_FUZZ_INPUTS: String(asked.runs) },
  },
);
run.on('exit', (code) => process.exit(code ?? 1));

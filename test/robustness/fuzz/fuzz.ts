import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { messageMemory } from '../../../src/strings/message-memory.js';
import type { FuzzTarget, Verdict } from './fuzz-target.js';
import { inputAt } from './mutate.js';
import { randomOf } from './random.js';
import { startWatchdog, type Watchdog } from './watchdog.js';

/** Which inputs. All follow from the seed and their number, so any of them can be made again without those before it. */
export interface Inputs {
  readonly seed: number;
  /** The number of the first. */
  readonly from: number;
  readonly runs: number;
}

/** What came of it. */
export interface FuzzReport {
  readonly taken: number;
  readonly refused: number;
  /** Of all inputs. */
  readonly slowestMs: number;
}

/** For the largest input on the slowest machine. What takes longer is asked again, since anything may come in between. */
const MOST_MS = 1_000;
const ATTEMPTS = 3;

/** By how much the heap may grow from the middle of a run to its end, when the run is long enough to tell. */
const MOST_GROWTH = 24 * 2 ** 20;
const LONG_RUN = 5_000;

/** Attempts to make a failing input shorter. */
const SHORTENINGS = 2_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * Gives a target its inputs, one after another or as many at once as it takes.
 *
 * @throws Error that names the file with the input that failed, and how to give it again; also when something grew
 */
export async function fuzz(name: string, target: FuzzTarget, inputs: Inputs): Promise<FuzzReport> {
  const { seed, from, runs } = inputs;
  const end = from + runs;
  const middle = from + Math.floor(runs / 2);
  const run = new Run(name, target, seed);
  let heap = 0;
  // Most inputs end in errors, and their stacks take more time than what is fuzzed.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 3;
  try {
    await run.take(from, middle);
    heap = heldNow();
    await run.take(middle, end);
    if (runs >= LONG_RUN) checkGrowth(heldNow() - heap);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    await run.end();
  }
  return run.report;
}

/** Bytes that are held besides what is remembered between messages, which has its own limit. */
function heldNow(): number {
  collect();
  return process.memoryUsage().heapUsed - messageMemory.used;
}

function checkGrowth(bytes: number): void {
  if (bytes <= MOST_GROWTH) return;
  throw new Error(`the heap grew by ${(bytes / 2 ** 20).toFixed(1)} MiB in the second half of the inputs`);
}

class Run {
  readonly #name: string;
  readonly #target: FuzzTarget;
  readonly #file: string;
  readonly #told: string;
  readonly #seed: number;
  readonly #watchdog: Watchdog;
  #taken = 0;
  #refused = 0;
  #slowestMs = 0;

  constructor(name: string, target: FuzzTarget, seed: number) {
    this.#name = name;
    this.#target = target;
    this.#seed = seed;
    this.#file = `node_modules/.cache/fuzz/${name}-${seed}`;
    this.#told = `Once more: npm run fuzz -- --target ${name} --input ${this.#file}`;
    mkdirSync(dirname(this.#file), { recursive: true });
    this.#watchdog = startWatchdog(this.#file, `${name}: an input does not end. ${this.#told}`);
  }

  get report(): FuzzReport {
    return { taken: this.#taken, refused: this.#refused, slowestMs: this.#slowestMs };
  }

  /** The inputs from one number up to, but not, another; as soon as one is done the next follows. */
  async take(from: number, to: number): Promise<void> {
    let next = from;
    const oneAfterAnother = async () => {
      while (next < to) await this.#one(next++);
    };
    await Promise.all(Array.from({ length: this.#target.parallel ?? 1 }, oneAfterAnother));
  }

  async #one(index: number): Promise<void> {
    const input = inputAt(index, this.#target, randomOf(this.#seed, index));
    this.#watchdog.see(input);
    const start = performance.now();
    let verdict: Verdict;
    try {
      const pending = this.#target.run(input);
      verdict = typeof pending === 'string' ? pending : await pending;
    } catch (error) {
      throw await this.#failure(index, input, error);
    }
    if (verdict === 'taken') this.#taken++;
    else this.#refused++;
    await this.#checkTime(index, input, performance.now() - start);
    if (messageMemory.held > messageMemory.limit) throw new Error('more is remembered than the budget allows');
  }

  async #checkTime(index: number, input: Buffer, ms: number): Promise<void> {
    this.#slowestMs = Math.max(this.#slowestMs, ms);
    // Of several at once it cannot be told which was slow.
    if (ms <= MOST_MS || (this.#target.parallel ?? 1) > 1) return;
    let least = ms;
    for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
      const start = performance.now();
      await this.#target.run(input);
      least = Math.min(least, performance.now() - start);
    }
    if (least > MOST_MS) throw await this.#failure(index, input, new Error(`it takes ${least.toFixed()} ms`));
  }

  async #failure(index: number, input: Buffer, cause: unknown): Promise<Error> {
    const shortest = await this.#shorten(input, messageOf(cause));
    writeFileSync(this.#file, shortest ?? input);
    const again =
      shortest === undefined
        ? `It needs what came before: npm run fuzz -- --target ${this.#name} --seed ${this.#seed} --runs ${index + 1}.`
        : this.#told;
    return new Error(`Input ${index} of seed ${this.#seed}: ${messageOf(cause)}\n${again}`, { cause });
  }

  /** A shorter input that fails in the same way; undefined when it does not fail again at all. */
  async #shorten(input: Buffer, message: string): Promise<Buffer | undefined> {
    if (!(await this.#fails(input, message))) return undefined;
    let shortest = input;
    let attempts = SHORTENINGS;
    for (let piece = input.length >> 1; piece > 0 && attempts > 0; piece >>= 1) {
      for (let at = 0; at < shortest.length && attempts-- > 0; ) {
        const shorter = Buffer.concat([shortest.subarray(0, at), shortest.subarray(at + piece)]);
        if (await this.#fails(shorter, message)) shortest = shorter;
        else at += piece;
      }
    }
    return shortest;
  }

  async #fails(input: Buffer, message: string): Promise<boolean> {
    try {
      this.#watchdog.see(input);
      await this.#target.run(input);
      return false;
    } catch (error) {
      return likeness(messageOf(error)) === likeness(message);
    }
  }

  async end(): Promise<void> {
    await this.#watchdog.stop();
    await this.#target.close?.();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Failures whose messages begin alike are the same. */
function likeness(message: string): string {
  return message.replaceAll(/\d+/g, '0').slice(0, 40);
}

import { Worker } from 'node:worker_threads';
import { MAX_INPUT } from './mutate.js';

/** A single input may take so long; a machine that is busy with other things takes a small part of it. */
const PATIENCE_MS = 30_000;

/** Watches from another thread that no input keeps this one busy for ever; such an input could be told of in no other way. */
export interface Watchdog {
  /** Told before each input. */
  see(input: Buffer): void;
  stop(): Promise<void>;
}

/**
 * @param file where an input that does not end is written, before the process is ended
 * @param told what is said of it then
 */
export function startWatchdog(file: string, told: string): Watchdog {
  const shared = new SharedArrayBuffer(8 + MAX_INPUT);
  const [state, bytes] = [new Int32Array(shared, 0, 2), new Uint8Array(shared, 8)];
  const worker = new Worker(WATCH, { eval: true, workerData: { shared, file, told, patience: PATIENCE_MS } });
  return {
    see(input) {
      bytes.set(input.subarray(0, MAX_INPUT));
      state[1] = input.length;
      Atomics.add(state, 0, 1);
    },
    async stop() {
      await worker.terminate();
    },
  };
}

const WATCH = `
const { writeFileSync, writeSync } = require('node:fs');
const { workerData: { shared, file, told, patience } } = require('node:worker_threads');
const state = new Int32Array(shared, 0, 2);
let [seen, since] = [0, Date.now()];
setInterval(() => {
  const count = Atomics.load(state, 0);
  if (count !== seen) [seen, since] = [count, Date.now()];
  else if (count > 0 && Date.now() - since > patience) {
    writeFileSync(file, Buffer.from(new Uint8Array(shared, 8, state[1])));
    writeSync(2, told + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }
}, 1000);
`;

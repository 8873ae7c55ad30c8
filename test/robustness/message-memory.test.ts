import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { messageMemory } from '../../src/strings/message-memory.js';
import { readXml } from '../../src/xml/read-xml.js';
import { identifyMessage } from './identify-flood.mjs';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Reads messages, and tells the most that was held after any of them. */
function readMany(from: number, count: number): number {
  let most = 0;
  for (let n = from; n < from + count; n++) {
    readXml(Buffer.from(identifyMessage(n, 1)));
    most = Math.max(most, messageMemory.held);
  }
  return most;
}

describe('messages without credentials, each with declarations and names of its own', () => {
  it('are remembered within the budget: after ten thousand, fifty thousand more add nothing', () => {
    readMany(0, 10_000);
    const warm = messageMemory.held;
    expect(readMany(10_000, 50_000)).toBe(warm);
    expect(warm).toBeLessThanOrEqual(messageMemory.limit);
    expect(messageMemory.used).toBeGreaterThan(warm / 8);
  }, 120_000);

  it('hold what the budget counts, and not much more', () => {
    collect();
    const [heap, used] = [process.memoryUsage().heapUsed, messageMemory.used];
    readMany(100_000, 5_000);
    collect();
    const grown = process.memoryUsage().heapUsed - heap;
    expect(grown).toBeLessThan(messageMemory.used - used + 2 * 2 ** 20);
  }, 60_000);

  it('take no more than 48 MB and do not end a process with a heap of 96 MB', async () => {
    const script = fileURLToPath(new URL('flooded-endpoint.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=96', script, '1500', '4500']);
    expect(Number(stdout)).toBeLessThanOrEqual(48);
  }, 120_000);
});

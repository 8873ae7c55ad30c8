import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLineWriter } from '../../src/bridge/line-writer.js';

describe('whoever waits for the parent to read', () => {
  it('goes on when it has read, and leaves no listener behind', async () => {
    const output = new PassThrough({ highWaterMark: 10 });
    const writer = createLineWriter(output);
    const before = output.listenerCount('close');
    for (let round = 0; round < 20; round++) {
      writer.write('longer than that');
      const waiting = [writer.ready(), writer.ready()];
      output.read();
      await Promise.all(waiting);
    }
    expect(output.listenerCount('close')).toBe(before);
    expect(output.listenerCount('drain')).toBeLessThanOrEqual(1);
  });

  it('goes on when it has gone', async () => {
    const output = new PassThrough({ highWaterMark: 10 });
    const writer = createLineWriter(output);
    writer.write('longer than that');
    const waiting = writer.ready();
    output.destroy();
    await waiting;
    writer.write('nobody reads this');
    await writer.end('nor this');
  });
});

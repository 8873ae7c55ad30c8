import { describe, expect, it } from 'vitest';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import { Waits } from '../../../src/interceptors/rules/waits.js';

describe('a wait', () => {
  it('lasts as long as it is to', async () => {
    const startedAt = performance.now();
    await new Waits().wait(60, [new Cancellation()]);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59);
  });

  it('ends with the reason of whoever does not wait any more', async () => {
    const [call, client] = [new Cancellation(), new Cancellation()];
    const waiting = new Waits().wait(60_000, [call, client]);
    client.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
  });

  it('ends in order when all do, and there are none after that', async () => {
    const waits = new Waits();
    const waiting = waits.wait(60_000, [new Cancellation()]);
    waits.close();
    await waiting;
    await waits.wait(60_000, [new Cancellation()]);
  });
});

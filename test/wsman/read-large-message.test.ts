import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Cancellation } from '../../src/cim/contracts/cancellation.js';
import { createReadLargeMessage } from '../../src/wsman/read-large-message.js';

const large = Buffer.from(`<r>${'<a x="1">text</a>'.repeat(90_000)}</r>`);

function message(body: Uint8Array, client = new Cancellation()) {
  return { body, charset: undefined, securityProfiles: [], source: undefined, client };
}

describe('a large message', () => {
  test('is read while others have their turn', async () => {
    let turns = 0;
    let isDone = false;
    const counting = (async () => {
      for (; !isDone; turns++) await setImmediate();
    })();
    const { root } = await createReadLargeMessage()(message(large));
    isDone = true;
    await counting;
    expect(root.children).toHaveLength(90_000);
    expect(turns).toBeGreaterThan(2);
  });

  test('is read after the one that came before it, whatever became of that', async () => {
    const read = createReadLargeMessage();
    const order: string[] = [];
    const noted = (name: string, body: Buffer, client?: Cancellation) =>
      read(message(body, client)).then(
        () => order.push(name),
        (error: unknown) => order.push(`${name}: ${error instanceof Error ? error.message : error}`),
      );
    const gone = new Cancellation();
    const first = noted('first', large);
    const broken = noted('broken', Buffer.from('<a>'));
    const left = noted('left', large, gone);
    const small = noted('small', Buffer.from('<a/>'));
    gone.abort(new Error('gone'));
    await Promise.all([first, broken, left, small]);
    expect(order).toEqual(['first', expect.stringMatching(/^broken: .*not well-formed/), 'left: gone', 'small']);
  });

  test('is not read to its end for a client that has gone', async () => {
    const client = new Cancellation();
    const reading = createReadLargeMessage()(message(large, client));
    await setImmediate();
    client.abort(new Error('gone'));
    await expect(reading).rejects.toThrow('gone');
  });
});

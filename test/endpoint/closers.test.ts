import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createClosers } from '../../src/endpoint/closers.js';

/** Closers that write down their names, a while after they are called. */
function lab(...names: string[]) {
  const closers = createClosers();
  const closed: string[] = [];
  for (const name of names) {
    closers.add(async () => {
      await setTimeout(1);
      closed.push(name);
    });
  }
  return { closers, closed };
}

describe('what was opened', () => {
  it('is closed one after the other, the last first', async () => {
    const { closers, closed } = lab('store', 'accounts', 'listeners');
    await closers.close();
    expect(closed).toEqual(['listeners', 'accounts', 'store']);
  });

  it('is closed once, whoever asks and when', async () => {
    const { closers, closed } = lab('store');
    await Promise.all([closers.close(), closers.close()]);
    await closers.close();
    expect(closed).toEqual(['store']);
  });

  it('is closed for whoever asks second only when it is closed', async () => {
    const { closers, closed } = lab('store');
    void closers.close();
    await closers.close();
    expect(closed).toEqual(['store']);
  });

  it('is closed although something else could not be, which is told', async () => {
    const { closers, closed } = lab('store');
    const error = new Error('stuck');
    closers.add(() => {
      throw error;
    });
    await expect(closers.close()).rejects.toBe(error);
    expect(closed).toEqual(['store']);
  });

  it('is told of together when several could not be closed', async () => {
    const { closers } = lab('store');
    for (const message of ['one', 'two']) closers.add(() => Promise.reject(new Error(message)));
    await expect(closers.close()).rejects.toMatchObject({ errors: [{ message: 'two' }, { message: 'one' }] });
  });
});

import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type ChannelPort, openChannel, type Services } from '../../src/workers/channel.js';

/** Both ends of a pipe. */
function pipe() {
  const [one, other] = [new EventEmitter(), new EventEmitter()];
  const port = (own: EventEmitter, peer: EventEmitter): ChannelPort =>
    Object.assign(own, {
      send(message: unknown) {
        setImmediate(() => peer.emit('message', structuredClone(message)));
        return true;
      },
    });
  return {
    one: port(one, other),
    other: port(other, one),
    cut: () => void [one, other].map((e) => e.emit('disconnect')),
  };
}

function channels<S extends Services>(services: S) {
  const { one, other, cut } = pipe();
  openChannel(other, services, () => undefined);
  return { asking: openChannel<S>(one, {}, () => undefined), cut };
}

describe('a channel between two processes', () => {
  it('answers what is asked, and tells what went wrong', async () => {
    const { asking } = channels({
      double: (given: number) => given * 2,
      fail: (_given: undefined) => Promise.reject(Object.assign(new Error('no'), { status: 7 })),
    });
    expect(await asking.ask('double', 21)).toBe(42);
    await expect(asking.ask('fail', undefined)).rejects.toMatchObject({ message: 'no', status: 7 });
  });

  it('tells the other side that an answer is not wanted any more', async () => {
    let aborted = false;
    const { asking } = channels({
      wait: (_given: undefined, signal: AbortSignal) =>
        new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            resolve();
          });
        }),
    });
    const ending = new AbortController();
    const asked = asking.ask('wait', undefined, ending.signal);
    setImmediate(() => ending.abort(new Error('enough')));
    await expect(asked).rejects.toThrow('enough');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(aborted).toBe(true);
  });

  it('fails what waits when the other process has gone', async () => {
    const { asking, cut } = channels({ never: (_given: undefined) => new Promise<void>(() => undefined) });
    const asked = asking.ask('never', undefined);
    cut();
    await expect(asked).rejects.toThrow('the other process has gone');
    await expect(asking.ask('never', undefined)).rejects.toThrow('the other process has gone');
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { StartedSpace } from '../../../src/control/spaces/space.js';
import { Spaces } from '../../../src/control/spaces/spaces.js';

const SILENT = {
  ...{ debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  isLevelEnabled: () => false,
};

/** Spaces whose endpoints start when they are told to. */
function spacesOf({ maxSpaces = 4 } = {}) {
  const running = new Set<string>();
  let start = async (): Promise<void> => undefined;
  let stop = async (): Promise<void> => undefined;
  const spaces = new Spaces(
    async ({ name }): Promise<StartedSpace> => {
      await start();
      running.add(name);
      return {
        facts: { http: `http://${name}`, user: 'lab', control: `http://${name}:1` },
        secrets: { password: 'p', controlToken: 't' },
        async close() {
          await stop();
          running.delete(name);
        },
      };
    },
    { maxSpaces },
    SILENT,
  );
  return {
    spaces,
    names: () => [...running],
    startWith(work: () => Promise<void>) {
      start = work;
    },
    stopWith(work: () => Promise<void>) {
      stop = work;
    },
  };
}

/** What is over when a test says so. */
function later() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: () => resolve() };
}

describe('spaces', () => {
  it('are listed without their secrets, in the order of their opening, until they are closed', async () => {
    const { spaces, names } = spacesOf();
    expect(await spaces.open({ name: 'B' })).toMatchObject({ name: 'B', password: 'p', controlToken: 't' });
    await spaces.open({});
    const [first, second] = spaces.list();
    expect([first?.name, second?.name, Object.keys(first ?? {}).includes('password')]).toEqual(['B', 'space-1', false]);
    expect(await spaces.close('b')).toBe(true);
    expect([await spaces.close('b'), names(), spaces.list().length]).toEqual([false, ['space-1'], 1]);
  });

  it.each(['', '.x', 'a/b', 'x'.repeat(64), 'Ä'])('have no name %j', async (name) => {
    const { spaces, names } = spacesOf();
    await expect(spaces.open({ name })).rejects.toThrow(/^name: '.*' is no name of a space; expected a letter/);
    expect(names()).toEqual([]);
  });

  it('share no name, whatever its case, and make none that is taken', async () => {
    const { spaces } = spacesOf();
    await spaces.open({ name: 'Space-1' });
    await expect(spaces.open({ name: 'SPACE-1' })).rejects.toMatchObject({
      status: 409,
      message: "name: space 'Space-1' cannot be opened: there is one already",
    });
    expect((await spaces.open({})).name).toBe('space-2');
  });

  it('are so many at most, those that start included', async () => {
    const { spaces } = spacesOf({ maxSpaces: 2 });
    const opened = await Promise.allSettled([spaces.open({}), spaces.open({}), spaces.open({})]);
    expect(opened.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await expect(spaces.open({})).rejects.toMatchObject({ status: 429 });
    await spaces.close('space-1');
    await expect(spaces.open({})).resolves.toMatchObject({ user: 'lab' });
  });

  it('that do not start leave their name free', async () => {
    const { spaces, startWith } = spacesOf();
    startWith(() => Promise.reject(new Error('no port')));
    await expect(spaces.open({ name: 'a' })).rejects.toThrow('no port');
    startWith(async () => undefined);
    await expect(spaces.open({ name: 'a' })).resolves.toBeDefined();
  });

  it('may be closed while they open, and opened again once they are closed', async () => {
    const { spaces, names, startWith, stopWith } = spacesOf();
    const [started, stopped] = [later(), later()];
    startWith(() => started.promise);
    stopWith(() => stopped.promise);
    const opening = spaces.open({ name: 'a' });
    const closing = spaces.close('a');
    await expect(spaces.open({ name: 'a' })).rejects.toThrow(/the one of this name is closing$/);
    started.resolve();
    stopped.resolve();
    await expect(opening).rejects.toMatchObject({ status: 409, message: "space 'a' was closed before it was open" });
    expect([await closing, names()]).toEqual([true, []]);
    await expect(spaces.open({ name: 'a' })).resolves.toBeDefined();
  });

  it('end with the stream that they name, and no other', async () => {
    const { spaces, names } = spacesOf();
    const [one, other] = [spaces.addStream(), spaces.addStream()];
    const { expires } = await spaces.open({ name: 'a', stream: one.id });
    await spaces.open({ name: 'b', stream: other.id });
    await spaces.open({ name: 'c' });
    expect(expires).toBeUndefined();
    await one.remove();
    expect(names()).toEqual(['b', 'c']);
    await expect(spaces.open({ stream: one.id })).rejects.toMatchObject({ status: 404, place: 'stream' });
  });

  it('whose stream ends while they open are closed', async () => {
    const { spaces, names, startWith } = spacesOf();
    const started = later();
    startWith(() => started.promise);
    const stream = spaces.addStream();
    const opening = spaces.open({ stream: stream.id });
    const removed = stream.remove();
    started.resolve();
    await expect(opening).rejects.toMatchObject({ status: 409 });
    await removed;
    expect(names()).toEqual([]);
  });

  it('end when their time is over', async () => {
    const { spaces, names } = spacesOf();
    const { opened, expires } = await spaces.open({ lifetime: 20 });
    expect(Date.parse(expires ?? '') - Date.parse(opened)).toBe(20);
    await vi.waitFor(() => expect(names()).toEqual([]));
    await expect(spaces.open({ stream: spaces.addStream().id, lifetime: 5 })).rejects.toMatchObject({
      ...{ status: 400, place: 'lifetime' },
    });
  });

  it('end with their endpoint, which opens no more', async () => {
    const { spaces, names } = spacesOf();
    await spaces.open({});
    await spaces.closeAll();
    expect(names()).toEqual([]);
    await expect(spaces.open({})).rejects.toMatchObject({ status: 503 });
  });
});

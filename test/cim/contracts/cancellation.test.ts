import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';

test('an operation is wanted until it is cancelled', () => {
  const cancellation = new Cancellation();
  expect(() => cancellation.throwIfAborted()).not.toThrow();
  cancellation.abort(new Error('first'));
  cancellation.abort(new Error('second'));
  expect(cancellation.aborted).toBe(true);
  expect(() => cancellation.throwIfAborted()).toThrow('first');
});

test('a signal asked for before the cancellation is aborted by it', () => {
  const cancellation = new Cancellation();
  const { signal } = cancellation;
  expect(signal.aborted).toBe(false);
  cancellation.abort(new Error('gone'));
  expect(signal.reason).toEqual(new Error('gone'));
});

test('a signal asked for afterwards is aborted already', () => {
  const cancellation = new Cancellation();
  cancellation.abort(new Error('gone'));
  expect(cancellation.signal.reason).toEqual(new Error('gone'));
});

test('work is waited for until the cancellation', async () => {
  const cancellation = new Cancellation();
  await expect(cancellation.race(Promise.resolve('done'))).resolves.toBe('done');
  const endless = cancellation.race(new Promise<never>(() => {}));
  cancellation.abort(new Error('gone'));
  await expect(endless).rejects.toThrow('gone');
});

test('work is not waited for after the cancellation', async () => {
  const cancellation = new Cancellation();
  cancellation.abort(new Error('gone'));
  await expect(cancellation.race(new Promise<never>(() => {}))).rejects.toThrow('gone');
});

test('what ended work came to is not kept for as long as the cancellation lives', async () => {
  const cancellation = new Cancellation();
  const result = await wentThrough(cancellation);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await vi.waitFor(() => {
    collect();
    expect(result.deref() === undefined).toBe(true);
  });
  expect(cancellation.aborted).toBe(false);
});

async function wentThrough(cancellation: Cancellation): Promise<WeakRef<object>> {
  return new WeakRef(await cancellation.race(Promise.resolve({})));
}

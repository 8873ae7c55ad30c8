import { describe, expect, it } from 'vitest';
import { isLinearizable, type RegisterOperation } from './linearizable.js';

const write = (value: string, start: number, end: number): RegisterOperation => ({ kind: 'write', value, start, end });
const read = (value: string, start: number, end: number): RegisterOperation => ({ kind: 'read', value, start, end });

/** The judge of what several endpoints do to one instance: it must find what is wrong. */
describe('a history of one register', () => {
  it('is in order when each read gives what was written last', () => {
    expect(isLinearizable([write('a', 0, 1), read('a', 2, 3), write('b', 4, 5), read('b', 6, 7)], '')).toBe(true);
  });

  it('is not when a read gives what was written before', () => {
    expect(isLinearizable([write('a', 0, 1), write('b', 2, 3), read('a', 4, 5)], '')).toBe(false);
  });

  it('is in order when a read beside a write gives either value', () => {
    expect(isLinearizable([write('a', 0, 10), read('', 1, 2), read('a', 3, 4)], '')).toBe(true);
  });

  it('is not when the old value comes back after the new one was seen', () => {
    expect(isLinearizable([write('a', 0, 10), read('a', 1, 2), read('', 3, 4)], '')).toBe(false);
  });

  it('is in order whether or not a write without an answer took effect, also late', () => {
    const lost = write('a', 0, Number.POSITIVE_INFINITY);
    expect(isLinearizable([lost, read('', 1, 2), read('', 3, 4)], '')).toBe(true);
    expect(isLinearizable([lost, read('', 1, 2), read('a', 3, 4)], '')).toBe(true);
    expect(isLinearizable([lost, read('a', 1, 2), read('', 3, 4)], '')).toBe(false);
  });

  it('is not when a value comes from nowhere', () => {
    expect(isLinearizable([write('a', 0, 1), read('c', 2, 3)], '')).toBe(false);
  });

  it('is judged in no time when many clients have done much', () => {
    const history: RegisterOperation[] = [];
    for (let round = 0; round < 200; round++) {
      for (let client = 0; client < 4; client++) {
        const start = round * 10 + client;
        history.push(client % 2 ? read(`${round}.2`, start, start + 5) : write(`${round}.${client}`, start, start + 5));
      }
    }
    // Client 1 reads what client 2 writes beside it, client 3 what is there then.
    expect(isLinearizable(history, '')).toBe(true);
  });
});

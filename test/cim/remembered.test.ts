import { describe, expect, test } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { Remembered, Room } from '../../src/cim/remembered.js';
import { bytesOfText, ENTRY_BYTES, messageMemory } from '../../src/strings/message-memory.js';

const instance = new CimInstance('Disk', [['Id', 'a']]);
/** What a value takes besides its own size, in a shape without characters. */
const beside = ENTRY_BYTES + bytesOfText('');
const roomFor = (bytes: number, largest?: number) => new Room<string>({ most: bytes, largest }, ({ length }) => length);

describe('what was made of an instance', () => {
  test('is found again in the same shape', () => {
    const remembered = new Remembered(roomFor(1000));
    expect(remembered.keep(instance, 'short', 'x')).toBe('x');
    expect(remembered.find(instance, 'short')).toBe('x');
  });

  test('is not found in another shape, nor for an instance that looks the same', () => {
    const remembered = new Remembered(roomFor(1000));
    remembered.keep(instance, 'short', 'x');
    expect(remembered.find(instance, 'long')).toBeUndefined();
    expect(remembered.find(instance.with({}), 'short')).toBeUndefined();
  });

  test('is forgotten with all else when there is no more room, whoever kept it', () => {
    const room = roomFor(beside + 10);
    const [one, another] = [new Remembered(room), new Remembered(room)];
    const other = instance.with({ Id: 'b' });
    one.keep(instance, '', '123456');
    another.keep(other, '', '123456');
    expect([one.find(instance, ''), another.find(other, '')]).toEqual([undefined, '123456']);
    one.keep(instance, '', '1');
    expect([one.find(instance, ''), another.find(other, '')]).toEqual(['1', undefined]);
  });

  test('is not remembered when it is too large', () => {
    const remembered = new Remembered(roomFor(1000, 3));
    expect(remembered.keep(instance, '', '1234')).toBe('1234');
    expect(remembered.find(instance, '')).toBeUndefined();
  });

  test('counts with the shape that it was asked for in, until another takes its place', () => {
    const room = roomFor(100_000);
    const remembered = new Remembered(room);
    const before = messageMemory.used;
    for (const shape of ['x'.repeat(50_000), 'x'.repeat(20_000), 'ä'.repeat(30_000)])
      remembered.keep(instance, shape, 'v');
    expect(room.memory.used).toBe(ENTRY_BYTES + 1 + bytesOfText('ä'.repeat(30_000)));
    expect(messageMemory.used - before).toBe(room.memory.used);
  });
});

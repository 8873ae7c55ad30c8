import { describe, expect, test } from 'vitest';
import { createUuidSource } from '../../../src/cim/contracts/uuid-source.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function some(newUuid: () => string): string[] {
  return Array.from({ length: 100 }, newUuid);
}

describe.each([undefined, 0, 1, -5, 2 ** 53])('with seed %s', (seed) => {
  test('every UUID has the form of RFC 9562', () => {
    for (const uuid of some(createUuidSource(seed))) expect(uuid).toMatch(UUID);
  });

  test('no UUID comes twice', () => {
    expect(new Set(some(createUuidSource(seed))).size).toBe(100);
  });
});

test('the same seed gives the same UUIDs', () => {
  expect(some(createUuidSource(7))).toEqual(some(createUuidSource(7)));
});

test('another seed, and none, give others', () => {
  const seeded = some(createUuidSource(7));
  expect(some(createUuidSource(8))).not.toEqual(seeded);
  expect(some(createUuidSource())).not.toEqual(some(createUuidSource()));
});

test('a store that has instances already gives the seed another row, the same for the same state', () => {
  const first = some(createUuidSource(7));
  const second = some(createUuidSource(7, '12'));
  expect(second).toEqual(some(createUuidSource(7, '12')));
  expect(new Set([...first, ...second, ...some(createUuidSource(7, '13'))]).size).toBe(300);
});

test('a row goes back to where it was, and makes the same UUIDs again', () => {
  const row = createUuidSource(7);
  const start = row.position();
  const first = some(row);
  const later = row.position();
  const second = some(row);
  row.goTo(later);
  expect(some(row)).toEqual(second);
  row.goTo(start);
  expect(some(row)).toEqual(first);
});

test('a position is one of any source: it goes on with the row that it is of', () => {
  const row = createUuidSource(7);
  row();
  const position = row.position();
  const next = row();
  for (const other of [createUuidSource(8), createUuidSource()]) {
    other.goTo(JSON.parse(JSON.stringify(position)));
    expect(other()).toBe(next);
  }
});

test('random UUIDs are at no position, and go on being random from none', () => {
  const random = createUuidSource();
  expect(random.position()).toBeUndefined();
  const row = createUuidSource(7);
  row.goTo(undefined);
  expect(row()).not.toBe(createUuidSource(7)());
});

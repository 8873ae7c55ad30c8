import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { nameMapOf } from '../../../src/client/message/shared-names.js';

it('a map of names to values is what it would be by itself, however many lists of names there were', () => {
  const name = fc.constantFrom('A', 'a', 'B', 'C', 'D', 'E', 'É');
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.nat()), { maxLength: 5 }), (entries) => {
      const alone = new NameMap(entries);
      const found = nameMapOf(
        entries.map(([key]) => key),
        entries.map(([, value]) => value),
      );
      expect(found && [...found]).toEqual(alone.size === entries.length ? [...alone] : undefined);
    }),
    { numRuns: 1000 },
  );
});

it('maps of the same names do not change each other', () => {
  const [first, second] = [nameMapOf(['A', 'B'], [1, 2]), nameMapOf(['A', 'B'], [3, 4])];
  first?.set('C', 5).delete('A');
  second?.set('a', 6);
  expect([[...(first ?? [])], [...(second ?? [])]]).toEqual([
    [
      ['B', 2],
      ['C', 5],
    ],
    [
      ['A', 6],
      ['B', 4],
    ],
  ]);
});

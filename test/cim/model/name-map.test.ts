import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NameMap, sameName } from '../../../src/cim/model/name-map.js';

describe('a NameMap', () => {
  test('finds a name whatever its case', () => {
    const map = new NameMap([['ElementName', 1]]);
    expect([map.get('elementname'), map.get('ELEMENTNAME'), map.has('elementName')]).toEqual([1, 1, true]);
  });

  test('keeps the spelling under which a name was first set', () => {
    const map = new NameMap([['ElementName', 1]]).set('ELEMENTNAME', 2);
    expect([...map]).toEqual([['ElementName', 2]]);
    expect(map.spelling('elementname')).toBe('ElementName');
  });

  test('forgets the spelling with the name', () => {
    const map = new NameMap([['Name', 1]]);
    map.delete('NAME');
    expect([...map.set('name', 2).keys()]).toEqual(['name']);
  });

  test('has other values for the same names, and neither map is changed with the other', () => {
    const map = new NameMap<unknown>([
      ['Name', 1],
      ['Other', 2],
    ]);
    const second = map.withValues(['x', 'y']);
    expect([second.get('NAME'), [...second]]).toEqual([
      'x',
      [
        ['Name', 'x'],
        ['Other', 'y'],
      ],
    ]);
    second.set('Third', 'z').set('name', 'w');
    map.delete('Other');
    expect([...second]).toEqual([
      ['Name', 'w'],
      ['Other', 'y'],
      ['Third', 'z'],
    ]);
    expect([...map]).toEqual([['Name', 1]]);
    expect(() => map.withValues([])).toThrow(RangeError);
  });

  test('does not take the names of object members for its own', () => {
    const map = new NameMap<number>();
    expect([map.get('__proto__'), map.get('constructor'), map.has('toString')]).toEqual([undefined, undefined, false]);
    expect(map.set('__proto__', 1).get('__PROTO__')).toBe(1);
  });

  test('is not changed with its copy, nor the copy with it', () => {
    const map = new NameMap([
      ['A', 1],
      ['B', 2],
    ]);
    const copy = new NameMap(map);
    map.set('c', 3).set('a', 4);
    copy.delete('A');
    copy.set('D', 5);
    const second = new NameMap(copy).set('B', 6);
    expect([...map]).toEqual(Object.entries({ A: 4, B: 2, c: 3 }));
    expect([...copy]).toEqual(Object.entries({ B: 2, D: 5 }));
    expect([...second]).toEqual(Object.entries({ B: 6, D: 5 }));
  });

  test('does what a map of lower-case names does', () => {
    const name = fc.constantFrom('a', 'A', 'b', 'B', 'ab', 'Ab', 'AB', 'ä', 'Ä');
    const step = fc.oneof(
      fc.tuple(fc.constant('set' as const), name, fc.nat()),
      fc.tuple(fc.constantFrom('delete' as const, 'copy' as const), name),
    );
    const lowerCased = (map: NameMap<number>) => [...map].map(([key, value]) => [key.toLowerCase(), value]);
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let map = new NameMap<number>();
        const copies: [NameMap<number>, [string, number][]][] = [];
        const model = new Map<string, number>();
        const carryOut = {
          set: (at: string, value = 0) => {
            map.set(at, value);
            model.set(at.toLowerCase(), value);
          },
          copy: () => {
            copies.push([map, [...model]]);
            map = new NameMap(map);
          },
          delete: (at: string) => expect(map.delete(at)).toBe(model.delete(at.toLowerCase())),
        };
        for (const [kind, at, value] of steps) carryOut[kind](at, value);
        expect(map.size).toBe(model.size);
        expect(lowerCased(map)).toEqual([...model]);
        expect([...map.values()]).toEqual([...model.values()]);
        for (const [copied, entries] of copies) expect(lowerCased(copied)).toEqual(entries);
      }),
    );
  });
});

test('names differ in more than case', () => {
  expect(sameName('Name', 'nAME')).toBe(true);
  expect(sameName('Name', 'Names')).toBe(false);
  // The lower case of U+0130 is two characters.
  expect(sameName('\u0130', 'i\u0307')).toBe(false);
  expect(new NameMap([['\u0130', 1]]).has('i\u0307')).toBe(false);
});

import { describe, expect, it } from 'vitest';
import { printClassCodes } from '../../src/types/print-class-codes.js';
import { compileClass } from './compile-class.js';

const codes = (members: string) => printClassCodes(compileClass(members));
const ofProperty = (property: string) =>
  codes(`${property};`)
    ?.split('\n')
    .slice(2, -3)
    .map((line) => line.trim());

describe('the constants of a class', () => {
  it('have the codes of properties, of ReturnValue and of parameters by their labels', () => {
    const members = `
      [ValueMap{"0", "1"}, Values{"Off", "On"}] uint16 State;
      [ValueMap{"0", "5"}, Values{"Job Completed with No Error", "Invalid Parameter"}]
      uint32 Do([ValueMap{"2"}, Values{"fast"}] uint8 How, string Other);`;
    expect(codes(members)).toBe(`export const T_X = {
  State: {
    Off: 0,
    On: 1,
  },
  Do: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      InvalidParameter: 5,
    },
    How: {
      Fast: 2,
    },
  },
} as const;
`);
  });

  it('are none where there are no value maps', () => {
    expect(codes('uint32 Do();')).toBeUndefined();
  });

  it.each([
    ['leave ranges out', '[ValueMap{"1", "2..5", ".."}, Values{"A", "B", "C"}] uint16 P', ['A: 1,']],
    ['tell equal labels apart by their codes', '[ValueMap{"1", "2"}, Values{"A", "A"}] uint16 P', ['A: 1,', 'A2: 2,']],
    [
      'replace none by another',
      '[ValueMap{"5", "1", "2"}, Values{"A2", "A", "A"}] uint16 P',
      ['A2: 5,', 'A: 1,', 'A2_: 2,'],
    ],
    ['count labels from 0 without a map', '[Values{"A", "B"}] uint16 P', ['A: 0,', 'B: 1,']],
    ['are bigints for 64-bit integers', '[ValueMap{"7"}, Values{"A"}] uint64 P', ['A: 7n,']],
    ['may be negative', '[ValueMap{"-1"}, Values{"A"}] sint8 P', ['A: -1,']],
    ['have no leading zeros', '[ValueMap{"007"}, Values{"A"}] uint8 P', ['A: 7,']],
    [
      'have names that begin with a letter',
      '[ValueMap{"1", "2"}, Values{"3 fans", "–"}] uint8 P',
      ['_3Fans: 1,', '_: 2,'],
    ],
  ])('%s', (_what, property, lines) => {
    expect(ofProperty(property)).toEqual(lines);
  });

  it('are none for texts that are mapped', () => {
    expect(codes('[ValueMap{"1"}, Values{"A"}] string P;')).toBeUndefined();
  });
});

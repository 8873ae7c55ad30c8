import { describe, expect, it } from 'vitest';
import { passwordOf, readNumericalPassword } from '../../../src/windows/volume-encryption/numerical-password.js';

const GROUPS = ['111111', '222222', '333333', '444444', '555555', '666666', '000011', '720885'];

describe('a numerical password', () => {
  it.each(['-', ' ', ''])("has eight groups of six digits, with '%s' between them", (separator) => {
    expect(readNumericalPassword(GROUPS.join(separator))).toBe(GROUPS.join('-'));
  });

  it.each([
    ['a group is no multiple of 11', GROUPS.join('-').replace('111111', '111112')],
    ['two digits are in the wrong order', GROUPS.join('-').replace('720885', '720858')],
    ['a group is 720896 or more', GROUPS.join('-').replace('720885', '720896')],
    ['a group is missing', GROUPS.slice(1).join('-')],
    ['there is one more', [...GROUPS, '000011'].join('-')],
    ['separators differ', GROUPS.join('-').replace('-', ' ')],
    ['a group has other characters', GROUPS.join('-').replace('111111', '11111a')],
    ['it is empty', ''],
  ])('is none when %s', (_why, text) => {
    expect(readNumericalPassword(text)).toBeUndefined();
  });

  it('is made of numbers of 16 bits', () => {
    expect(readNumericalPassword(passwordOf([0, 1, 65_535, 7, 8, 9, 10, 11]))).toBe(
      '000000-000011-720885-000077-000088-000099-000110-000121',
    );
  });
});

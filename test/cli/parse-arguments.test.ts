import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/exit-with-error.js';
import { parseArguments } from '../../src/cli/parse-arguments.js';
import { typed } from '../../src/client/client-value.js';

describe('the parameters of a call', () => {
  it('are text by default, with everything behind the first equals sign', () => {
    expect(parseArguments({ arg: ['Name= a=b\nc '] })).toEqual({ Name: ' a=b\nc ' });
  });

  it('are an array when a name is repeated, in any case', () => {
    expect(parseArguments({ arg: ['Name=1', 'other=x', 'name=2'] })).toEqual({ Name: ['1', '2'], other: 'x' });
  });

  it('have the type given with the name', () => {
    expect(parseArguments({ arg: ['Size:UINT64=18446744073709551615'] })).toEqual({
      Size: typed('uint64', 18446744073709551615n),
    });
  });

  it('are references when given as such', () => {
    const { System } = parseArguments({ ref: ['System=CIM_System.Name="a=b"'] });
    expect(String(System)).toBe('CIM_System.Name="a=b"');
  });

  it('are NULL when named so', () => {
    expect(parseArguments({ null: ['Goal'] })).toEqual({ Goal: null });
  });

  it.each([
    ['an argument without value', { arg: ['Name'] }, /expected --arg Name=value/],
    ['an unknown type', { arg: ['A:int=1'] }, /int is not a type/],
    ['a value outside its type', { arg: ['A:uint8=256'] }, /--arg A: '256' is not a uint8/],
    ['a reference that is no path', { ref: ['A=1'] }, /--ref A: .*not an object path/],
    ['a value and NULL', { arg: ['A=1'], null: ['a'] }, /has a value as well/],
  ])('are refused: %s', (_what, flags, message) => {
    expect(() => parseArguments(flags)).toThrow(UsageError);
    expect(() => parseArguments(flags)).toThrow(message);
  });
});

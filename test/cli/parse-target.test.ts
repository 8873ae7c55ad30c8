import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/exit-with-error.js';
import { parseTarget } from '../../src/cli/parse-target.js';

const fan = 'CIM_Fan.SystemName="a",DeviceID="1"';

describe('the target of a call', () => {
  it.each([
    ['an object path', fan, []],
    ['selectors as winrm writes them', 'CIM_Fan?SystemName=a+DeviceID=1', []],
    ['selectors joined by ampersands, quoted', 'CIM_Fan?SystemName="a"&DeviceID="1"', []],
    ['keys', 'CIM_Fan', ['SystemName=a', 'DeviceID=1']],
    ['a path and a key', 'CIM_Fan.SystemName="a"', ['DeviceID=1']],
  ])('is read from %s', (_what, on, keys) => {
    expect(parseTarget(on, keys).toString()).toBe(fan);
  });

  it('is a class when there are no keys', () => {
    expect(parseTarget('CIM_Fan', []).keys.size).toBe(0);
  });

  it('may name its namespace', () => {
    expect(parseTarget('root/lab:CIM_Fan?DeviceID=1', []).namespace).toBe('root/lab');
  });

  it('may have a question mark in a key of its path', () => {
    expect(parseTarget('CIM_Fan.DeviceID="a?b"', []).keys.get('DeviceID')).toBe('a?b');
    expect([...parseTarget("CIM_Fan='a?b'", []).keys.values()]).toEqual(['a?b']);
  });

  it('takes the text of a key as it stands', () => {
    expect(parseTarget('CIM_Fan', ['Name=a+b&c="d" ']).keys.get('name')).toBe('a+b&c="d" ');
  });

  it.each([
    ['not a class', '12', []],
    ['a selector without value', 'CIM_Fan?DeviceID', []],
    ['a key without name', 'CIM_Fan', ['=1']],
    ['a key given twice', 'CIM_Fan?DeviceID=1', ['deviceid=2']],
  ])('is refused: %s', (_what, on, keys) => {
    expect(() => parseTarget(on, keys)).toThrow(UsageError);
  });
});

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

  const uri = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Fan';
  it.each([
    ['semicolons', 'CIM_Fan?SystemName=a;DeviceID=1'],
    ['commas', 'CIM_Fan?SystemName=a,DeviceID=1'],
    ['blanks between them', 'CIM_Fan?SystemName=a & DeviceID=1'],
    ['single quotes', "CIM_Fan?SystemName='a'+DeviceID='1'"],
    ['a whole resource URI', `${uri}?SystemName=a+DeviceID=1`],
    ['what cannot stand in a URI encoded', `${uri}?SystemName=%61&DeviceID=%31`],
  ])('is read from selectors with %s', (_what, on) => {
    expect(parseTarget(on, []).toString()).toBe(fan);
  });

  it.each([
    ['http://schemas.microsoft.com/wbem/wsman/1/wmi/root/lab/CIM_Fan?DeviceID=1', 'root/lab'],
    [`${uri}?__cimnamespace=root/lab&DeviceID=1`, 'root/lab'],
    ['wmi/root/lab/CIM_Fan?DeviceID=1', 'root/lab'],
    ['wmicimv2/CIM_Fan?DeviceID=1', 'root/cimv2'],
    ['cimv2/CIM_Fan?DeviceID=1', 'root/cimv2'],
  ])('has its namespace from %s', (on, namespace) => {
    const { className, keys, ...path } = parseTarget(on, []);
    expect([path.namespace, className, keys.get('DeviceID')]).toEqual([namespace, 'CIM_Fan', '1']);
  });

  it.each([
    ['a=b%20c', 'b c'],
    ['a=100%', '100%'],
    ['a=1+1', '1+1'],
    ['a="1+b=2"', '1+b=2'],
    ['a="%20"', '%20'],
    ['a=', ''],
  ])('takes the selector %s as it is meant', (selector, value) => {
    expect(parseTarget(`CIM_Fan?${selector}`, []).keys.get('a')).toBe(value);
  });

  it.each(['https://server:5989/root/lab:CIM_Fan.DeviceID="1"', 'cimxml.wbem://server/root/lab:CIM_Fan.DeviceID="1"'])(
    'is no WBEM URI, and told so: %s',
    (on) => {
      expect(() => parseTarget(on, [])).toThrow(/is a WBEM URI \(DSP0207\), which is not understood here: give --url/);
    },
  );

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
    ['another separator', 'CIM_Fan?DeviceID=1|', ['DeviceID=2']],
    ['another URL', 'http://example.test/CIM_Fan', []],
    ['a key without name', 'CIM_Fan', ['=1']],
    ['a key given twice', 'CIM_Fan?DeviceID=1', ['deviceid=2']],
  ])('is refused: %s', (_what, on, keys) => {
    expect(() => parseTarget(on, keys)).toThrow(UsageError);
  });
});

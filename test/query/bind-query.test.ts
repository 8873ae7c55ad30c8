import { describe, expect, it } from 'vitest';
import { CimStatus, type CimStatusName } from '../../src/cim/model/cim-status.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { bind, errorOf, everyType, selected, setting, system, timestamp } from './lab.js';

const inner = setting('TEST_SpecialSetting', { ElementName: 'inner', Count: 3, Extra: 9n });
const outer = setting('TEST_Setting', {
  ElementName: 'outer',
  When: timestamp('20260102030405.000000+000'),
  Names: ['first', 'second'],
  Inner: inner,
});

const instances = [
  everyType('full', {
    a_string: 'Hello',
    a_char16: 'x',
    a_boolean: true,
    a_uint8: 200,
    a_sint32: -5,
    a_uint64: 18_446_744_073_709_551_615n,
    a_sint64: -9_223_372_036_854_775_808n,
    a_real32: Math.fround(1.1),
    a_real64: 2.5,
    a_datetime: timestamp('20260102030405.000000+060'),
    many_uint8: [1, 2, 3],
    many_string: ['one', null],
    a_setting: outer,
    many_setting: [inner],
    an_object: outer,
  }),
  everyType('other', {
    a_string: 'world',
    a_char16: 'Y',
    a_boolean: false,
    a_uint8: 7,
    a_uint64: 7n,
    a_real64: Number.NaN,
    a_datetime: timestamp('00000001000000.000000:000'),
    a_setting: inner,
    an_object: inner,
  }),
  everyType('null', { a_string: null }),
];

const full = ['full'];
const other = ['other'];
const both = ['full', 'other'];
const none: string[] = [];

function select(condition: string) {
  return selected(`SELECT * FROM TEST_EveryType WHERE ${condition}`, instances);
}

describe('a condition', () => {
  it.each([
    // Strings: without case
    ["a_string = 'hello'", full],
    ["A_STRING = 'HELLO'", full],
    ["a_string <> 'hello'", other],
    ["a_string > 'HELLO'", other],
    ["a_string >= 'hello'", both],
    ["a_string < 'x'", both],
    ["'hello' < a_string", other],
    ["a_string LIKE 'h%'", full],
    ["a_string LIKE '%O%'", both],
    ["NOT a_string LIKE 'h%'", other],
    // Strings beside numbers: the text of the number, as it was written
    ['a_string = 5', none],
    ['a_string <> 5', both],
    ['a_string > 5', both],
    ['5 < a_string', both],
    ['a_string < 5.10', none],
    // LIKE: a backslash is itself, single or doubled
    ["a_string LIKE 'h\\%'", none],
    // LIKE of other types is =
    ["a_uint8 LIKE '200'", full],
    ['a_uint8 LIKE 200', full],
    ["a_boolean LIKE 'true'", full],
    ['a_boolean LIKE FALSE', other],
    ["a_datetime LIKE '2026-01-02 02:04:05'", full],
    ["NOT a_real64 LIKE '2.5'", none],
    ["a_char16 = 'X'", full],
    ['a_char16 = 120', full],
    ["a_char16 > 'x'", other],
    ["a_char16 LIKE '[xz]'", full],
    // Numbers
    ['a_uint8 = 200', full],
    ["a_uint8 = '200'", full],
    ["a_uint8 = ' 0xC8 '", full],
    ['a_uint8 = 0xC8', full],
    ['a_uint8 = 200.0', full],
    ['a_uint8 > 6.5 AND a_uint8 < 7.5', other],
    ['a_uint8 < 300', both],
    ['a_uint8 = 300', none],
    ['a_uint8 >= -1', both],
    ['a_sint32 = -5', full],
    ['a_sint32 < -4.5', full],
    ['a_uint64 = 18446744073709551615', full],
    ['a_uint64 > 18446744073709551614', full],
    ["a_uint64 = '18446744073709551615'", full],
    ['a_uint64 < 1e19', other],
    ['a_sint64 = -9223372036854775808', full],
    ['a_real32 = 1.1', full],
    ['a_real64 = 2.5', full],
    ['a_real64 >= 2', full],
    ['a_real64 <> 2.5', none],
    // Booleans
    ['a_boolean = TRUE', full],
    ['a_boolean = false', other],
    ["a_boolean = 'True'", full],
    ['a_boolean = 1', full],
    ['a_boolean <> 1', other],
    // Datetimes: by time
    ["a_datetime = '20260102030405.000000+060'", full],
    ["a_datetime = '20260102020405.000000+000'", full],
    ["a_datetime = '2026-01-02T03:04:05+01:00'", full],
    ["a_datetime = '2026-01-02T02:04:05Z'", full],
    ["a_datetime > '2026-01-02'", full],
    ["a_datetime > '2026'", full],
    ["'2027' > a_datetime", full],
    ["a_datetime = '01/02/2026 2:04:05 AM'", full],
    ["a_datetime <= '2 January 2026 02:04:05:000'", full],
    ["a_datetime > '20260102'", full],
    ["a_datetime >= '20260102030405.000001+060'", none],
    ["a_datetime < '20260102040405.000000+060'", full],
    ["a_datetime = '00000001000000.000000:000'", other],
    ["a_datetime > '00000000235959.999999:000'", other],
    ["a_datetime = 'P1D'", other],
    ["a_datetime < 'PT24H0.5S'", other],
    // NULL: unknown but for IS
    ['a_string IS NULL', ['null']],
    ['a_uint8 IS NULL', ['null']],
    ['a_uint8 = NULL', ['null']],
    ['a_uint8 <> NULL', both],
    ['a_uint8 IS NOT NULL', both],
    ['many_uint8 IS NOT NULL', full],
    ['a_setting IS NULL', ['null']],
    ['a_uint8 <> 7', full],
    ['NOT a_uint8 = 7', full],
    ['NOT (a_uint8 = 7 AND a_boolean = TRUE)', both],
    ["a_uint8 = 7 OR Id = 'null'", ['other', 'null']],
    ["NOT (a_uint8 = 7 OR Id = 'full')", none],
    // Arrays, one element at a time
    ['many_uint8[0] = 1', full],
    ['many_uint8[2] > 2', full],
    ['many_uint8[3] IS NULL', ['full', 'other', 'null']],
    ["many_string[0] = 'ONE'", full],
    ['many_string[1] IS NULL', ['full', 'other', 'null']],
    // Embedded instances and objects
    ["a_setting.ElementName = 'OUTER'", full],
    ["a_setting.Inner.ElementName = 'inner'", full],
    ["a_setting.Names[1] = 'second'", full],
    ["a_setting.When >= '2026-01-02T03:04:05Z'", full],
    ['a_setting.Inner.Extra = 9', full],
    ['a_setting.Extra = 9', other],
    ['many_setting[0].Count = 3', full],
    ["an_object.ElementName = 'outer'", full],
    ["an_object.When = '20260102030405.000000+000'", full],
    ['an_object.Count > 2', other],
    ["an_object.Count = 'three'", none],
    ['an_object.Extra < 10', other],
    ['an_object.Nothing IS NULL', ['full', 'other', 'null']],
    ['a_setting ISA "TEST_Setting"', both],
    ['a_setting ISA TEST_SpecialSetting', other],
    ['a_setting.Inner ISA "TEST_SpecialSetting"', full],
    ['NOT an_object ISA "TEST_SpecialSetting"', full],
    // Connectives
    ['a_uint8 = 7 OR a_uint8 = 200 AND a_boolean = FALSE', other],
    ['(a_uint8 = 7 OR a_uint8 = 200) AND a_boolean = TRUE', full],
    // System properties
    ["__CLASS = 'test_everytype'", ['full', 'other', 'null']],
    ["__CLASS LIKE 'TEST[_]%'", ['full', 'other', 'null']],
    ['__SUPERCLASS IS NULL', ['full', 'other', 'null']],
    ['__GENUS = 2', ['full', 'other', 'null']],
    ["__NAMESPACE = 'root\\\\test'", ['full', 'other', 'null']],
    ["__SERVER = 'SRV1'", ['full', 'other', 'null']],
    ['__RELPATH = \'TEST_EveryType.Id="full"\'', full],
    ['__PATH = \'root/test:TEST_EveryType.Id="FULL"\'', full],
    ['__PATH = "\\\\\\\\srv1\\\\root\\\\test:TEST_EveryType.Id=\'full\'"', full],
    ['__PATH = \'root/elsewhere:TEST_EveryType.Id="full"\'', none],
    ["__PATH LIKE '%full%'", full],
  ])('%s selects %j', (condition, expected) => {
    expect(select(condition)).toEqual(expected);
  });

  it.each<[string, CimStatusName, string]>([
    ['SELECT * FROM TEST_None', 'InvalidClass', 'Class TEST_None does not exist in this namespace.'],
    ['SELECT Nothing FROM TEST_System', 'InvalidQuery', "character 8: class TEST_System has no property 'Nothing'."],
    ['SELECT a_setting.Count FROM TEST_EveryType', 'InvalidQuery', 'a_setting.Count is a part of a property'],
    ['SELECT many_uint8[0] FROM TEST_EveryType', 'InvalidQuery', 'many_uint8[0] is a part of a property'],
    ['Nothing = 1', 'InvalidQuery', "class TEST_EveryType has no property 'Nothing'"],
    ['a_setting.Nothing = 1', 'InvalidQuery', "class TEST_Setting has no property 'Nothing'"],
    ['a_string.Length = 1', 'InvalidQuery', 'a_string (string) has no properties'],
    ['many_setting.Count = 1', 'InvalidQuery', 'many_setting is an array; one of its elements'],
    ['a_string[0] = 1', 'InvalidQuery', 'a_string is not an array'],
    ['a_string = TRUE', 'InvalidQuery', 'a_string (string) does not compare with TRUE'],
    ["a_uint8 = 'many'", 'InvalidQuery', "a_uint8 (uint8) does not compare with 'many'"],
    ['a_uint8 = TRUE', 'InvalidQuery', 'a_uint8 (uint8) does not compare with TRUE'],
    ['a_boolean = 2', 'InvalidQuery', 'a_boolean (boolean) does not compare with 2'],
    ["a_boolean = 'yes'", 'InvalidQuery', "a_boolean (boolean) does not compare with 'yes'"],
    ['a_boolean < TRUE', 'InvalidQuery', "a_boolean (boolean) compares by '=' and '<>' only"],
    ["a_char16 = 'xy'", 'InvalidQuery', "a_char16 (char16) does not compare with 'xy'"],
    ["a_datetime = 'yesterday'", 'InvalidQuery', "a_datetime (datetime) does not compare with 'yesterday'"],
    [
      "a_datetime = '2026-13-45'",
      'InvalidQuery',
      'a datetime is written yyyy-mm-dd HH:MM:SS:mmm, mm/dd/yyyy, Jan 21 1932',
    ],
    ["a_datetime > '4 PM'", 'InvalidQuery', 'each alone or with a time'],
    ['a_datetime = 20260102', 'InvalidQuery', 'a_datetime (datetime) does not compare with 20260102'],
    ["a_datetime < '20260102030405.******+000'", 'InvalidQuery', 'has no order against a datetime with wildcards'],
    ['many_uint8 = 1', 'InvalidQuery', 'many_uint8 (uint8[]) is an array'],
    ["a_setting = 'x'", 'InvalidQuery', 'a_setting (embedded TEST_Setting) holds an object'],
    ["a_uint8 LIKE '1%'", 'InvalidQuery', 'LIKE is for texts, and a_uint8 is of type uint8; without wildcards'],
    ["a_datetime LIKE '2026%'", 'InvalidQuery', 'LIKE is for texts, and a_datetime is of type datetime'],
    ["a_boolean LIKE '[t]rue'", 'InvalidQuery', 'LIKE is for texts, and a_boolean is of type boolean'],
    ["a_uint8 LIKE 'many'", 'InvalidQuery', "a_uint8 (uint8) does not compare with 'many'"],
    ["many_uint8 LIKE '1'", 'InvalidQuery', 'many_uint8 (uint8[]) is an array'],
    ['a_string = 0x10 AND a_string = NULL AND a_uint8 = 0x', 'InvalidQuery', 'this is not a number'],
    ["a_string LIKE '[a'", 'InvalidQuery', "the pattern is wrong: '[' is not closed"],
    ['a_string ISA TEST_Setting', 'InvalidQuery', 'ISA is for embedded objects, and a_string is of type string'],
    ['__this ISA TEST_None', 'InvalidClass', 'Class TEST_None does not exist in this namespace.'],
    ['__GENUS[0] = 1', 'InvalidQuery', '__GENUS is not an array'],
    ['__DERIVATION = "x"', 'InvalidQuery', '__DERIVATION (string[]) is an array'],
  ])('%s is refused: %s', (text, status, why) => {
    const query = text.startsWith('SELECT') ? text : `SELECT * FROM TEST_EveryType WHERE ${text}`;
    const error = errorOf(() => bind(query));
    expect(error.status).toBe(CimStatus[status]);
    expect(error.message).toContain(why);
  });
});

describe('a condition on classes with subclasses', () => {
  const systems = [system('TEST_System', 'a', 1n), system('TEST_SubSystem', 'b', 2n), system('TEST_OtherSystem', 'c')];

  it.each([
    ["__CLASS = 'TEST_SubSystem'", ['b']],
    ["__CLASS <> 'TEST_SubSystem'", ['a', 'c']],
    ['__this ISA "TEST_System"', ['a', 'b', 'c']],
    ['__this ISA "TEST_SubSystem"', ['b']],
    ['NOT __this ISA "TEST_SubSystem"', ['a', 'c']],
    ["__SUPERCLASS = 'test_system'", ['b', 'c']],
    ["__DYNASTY = 'TEST_System'", ['a', 'b', 'c']],
    ["__DERIVATION[0] = 'TEST_System'", ['b', 'c']],
    ['__PROPERTY_COUNT = 3', ['a', 'b', 'c']],
  ])('%s selects %j', (condition, expected) => {
    expect(selected(`SELECT * FROM TEST_System WHERE ${condition}`, systems)).toEqual(expected);
  });
});

describe('a condition on references', () => {
  const key = (name: string) => ({ CreationClassName: 'TEST_System', Name: name });
  const path = (name: string) =>
    new InstancePath({ namespace: 'root/test', className: 'TEST_System', keys: key(name) });
  const instance = setting('TEST_Hosts', { Antecedent: path('a'), Dependent: path('b') });
  const matches = (condition: string) => bind(`SELECT * FROM TEST_Hosts WHERE ${condition}`).matches(instance);

  it.each([
    ['Antecedent = \'TEST_System.CreationClassName="TEST_System",Name="a"\'', true],
    ['Antecedent = \'test_system.name="A",creationclassname="test_system"\'', true],
    ['Antecedent = \'root/test:TEST_System.CreationClassName="TEST_System",Name="a"\'', true],
    ["Antecedent = \"\\\\\\\\host\\\\root\\\\test:TEST_System.CreationClassName='TEST_System',Name='a'\"", true],
    ['Antecedent = \'root/other:TEST_System.CreationClassName="TEST_System",Name="a"\'', false],
    ['Antecedent = \'TEST_System.CreationClassName="TEST_System",Name="b"\'', false],
    ['Antecedent <> \'TEST_System.CreationClassName="TEST_System",Name="b"\'', true],
    ["Antecedent LIKE '%TEST[_]System%'", true],
  ])('%s: %s', (condition, expected) => {
    expect(matches(condition)).toBe(expected);
  });

  it('takes a reference without a namespace for one into the namespace of the query', () => {
    const here = new InstancePath({ className: 'TEST_System', keys: key('a') });
    const there = path('a').inNamespace('root/other');
    const finds = (antecedent: InstancePath, namespace: string) =>
      bind(`SELECT * FROM TEST_Hosts WHERE Antecedent = '${namespace}${here.toString()}'`).matches(
        setting('TEST_Hosts', { Antecedent: antecedent }),
      );
    expect([finds(here, ''), finds(here, 'root/test:'), finds(there, 'root/other:')]).toEqual([true, true, true]);
    expect([finds(there, ''), finds(here, 'root/other:')]).toEqual([false, false]);
  });

  it.each([
    ["Antecedent = 'no path'", 'Antecedent (TEST_System REF) does not compare with'],
    ['Antecedent < \'TEST_System.Name="a"\'', "compares by '=' and '<>' only"],
  ])('%s is refused', (condition, why) => {
    expect(() => matches(condition)).toThrow(why);
  });

  it('finds an object whose key is a reference itself', () => {
    const hosts = new InstancePath({
      className: 'TEST_Hosts',
      keys: { Antecedent: path('a'), Dependent: path('b') },
    });
    const explains = setting('TEST_Explains', { Antecedent: hosts, Dependent: path('c') });
    const literal = hosts.toString().replace(/[\\']/g, '\\$&');
    expect(bind(`SELECT * FROM TEST_Explains WHERE Antecedent = '${literal}'`).matches(explains)).toBe(true);
  });
});

describe('the projection', () => {
  it.each([
    ['SELECT * FROM TEST_System', undefined],
    ['SELECT name, SIZE FROM TEST_System', ['Name', 'Size']],
    ['SELECT Name, NAME, name FROM TEST_System', ['Name']],
    ['SELECT __path, Name FROM TEST_System', ['__PATH', 'Name']],
  ])('of %s is %j', (text, expected) => {
    expect(bind(text).projection).toEqual(expected);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CimError } from '../../../src/cim/model/cim-error.js';
import { type CimKeyValue, InstancePath } from '../../../src/cim/model/instance-path.js';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import { xmlText } from '../../support/cim-arbitraries.js';
import { plain } from '../../support/plain-value.js';

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const namespace = fc
  .array(fc.stringMatching(/^[A-Za-z0-9_.-]{1,6}$/), { minLength: 1, maxLength: 3 })
  .map((all) => all.join('/'));
const host = fc.constantFrom('srv', 'srv.example.org', 'srv:5985', '10.0.0.1', '[::1]:5985', '.');

/** Values whose type the text tells: a number above 2^53 comes back as a bigint, one below as a number. */
const key: fc.Arbitrary<CimKeyValue> = fc.oneof(
  xmlText,
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
  fc.boolean(),
);

const path = fc
  .record({
    location: fc.oneof(
      fc.record({ host: fc.constant(undefined), namespace: fc.option(namespace, { nil: undefined }) }),
      fc.record({ host, namespace }),
    ),
    className: name,
    keys: fc.uniqueArray(fc.tuple(name, key), { selector: ([keyName]) => keyName.toLowerCase(), maxLength: 4 }),
  })
  .map(({ location, className, keys }) => new InstancePath({ ...location, className, keys }));

describe('a path', () => {
  test('reads back from its text', () => {
    fc.assert(
      fc.property(path, (original) => {
        const read = parseInstancePath(original.toString());
        expect(plain(read)).toEqual(plain(original));
        expect(read.host).toBe(original.host);
        expect(read.equals(original)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('holds references as text, which read in turn', () => {
    fc.assert(
      fc.property(path, path, (outer, inner) => {
        const keys = [...outer.keys, ['theReference', inner] as const];
        const { keys: read } = parseInstancePath(new InstancePath({ className: 'C', keys }).toString());
        const text = read.get('theReference');
        expect(parseInstancePath(String(text)).equals(inner)).toBe(true);
      }),
    );
  });

  test.each([
    ['Class', undefined, undefined, 'Class'],
    ['root/test:Class', undefined, 'root/test', 'Class'],
    ['//srv/root/test:Class', 'srv', 'root/test', 'Class'],
    ['\\\\srv\\root\\test:Class', 'srv', 'root/test', 'Class'],
    ['//srv:5985/root:Class', 'srv:5985', 'root', 'Class'],
    ['/root/test:Class', undefined, 'root/test', 'Class'],
    [':Class', undefined, undefined, 'Class'],
    ['\\:Class', undefined, undefined, 'Class'],
    [' / \\ :Class', undefined, undefined, 'Class'],
    ['Größe_Klasse', undefined, undefined, 'Größe_Klasse'],
  ])('%s names host, namespace and class', (text, expectedHost, expectedNamespace, className) => {
    const read = parseInstancePath(text);
    expect([read.host, read.namespace, read.className]).toEqual([expectedHost, expectedNamespace, className]);
    expect(read.keys.size).toBe(0);
  });

  test('may have separators in quoted values', () => {
    const read = parseInstancePath('root:C.A="x:y.z=1,B=\\"2\\"",B=TRUE,N=-5');
    expect(Object.fromEntries(read.keys)).toEqual({ A: 'x:y.z=1,B="2"', B: true, N: -5 });
  });
});

describe('a path in the forms of WMI', () => {
  test.each([
    ['Class="v"', '', 'v'],
    ["Class='v'", '', 'v'],
    ['Class=31', '', 31],
    ['Class=0x1F', '', 31],
    ['Class=-0xff', '', -255],
    ['Class=0xFFFFFFFFFFFFFFFF', '', 2n ** 64n - 1n],
    ['Class=true', '', true],
    ["root\\x:Class='a\"b'", '', 'a"b'],
    ['Class="it\'s"', '', "it's"],
    ["Class.K='it\\'s'", 'K', "it's"],
    ['Class.K="two%20words"', 'K', 'two words'],
    ["Class='%20%09%25'", '', ' \t%'],
    ['Class.K="100%_%2G%41%00"', 'K', '100%_%2G%41%00'],
    ['Class.K="c:\\\\temp"', 'K', 'c:\\temp'],
    [' Class.K=0x0 ', 'K', 0],
    ['Class.K = " v "', 'K', ' v '],
    ['Class = 31', '', 31],
    ['root/x:Class . K = TRUE', 'K', true],
  ])('%s', (text, name, value) => {
    const { className, keys, isSingleton } = parseInstancePath(text);
    expect([className, [...keys], isSingleton]).toEqual(['Class', [[name, value]], false]);
    expect(parseInstancePath(String(parseInstancePath(text))).keys.get(name)).toBe(value);
  });

  test('has blanks around host and namespace, which say nothing', () => {
    expect(parseInstancePath('root/test\n:C.K="1"').namespace).toBe('root/test');
    expect(parseInstancePath(' \\\\server \\ root\\test :C.K="1"')).toMatchObject({
      host: 'server',
      namespace: 'root/test',
    });
  });

  test.each([
    [String.raw`Win32_DiskDrive.DeviceID='\\.\PHYSICALDRIVE0'`, String.raw`\\.\PHYSICALDRIVE0`],
    [String.raw`Win32_DiskDrive.DeviceID='\\\\.\\PHYSICALDRIVE0'`, String.raw`\\.\PHYSICALDRIVE0`],
    [String.raw`Win32_Directory='C:\Scripts'`, String.raw`C:\Scripts`],
    ["Win32_Directory='C:\\'", 'C:\\'],
    ["Class='Tim O\\'Brian'", "Tim O'Brian"],
  ])('%s may have its backslashes as they are', (text, value) => {
    expect([...parseInstancePath(text, 'as written').keys.values()]).toEqual([value]);
  });

  test('has several keys with or without blanks between them', () => {
    const wanted = [...parseInstancePath('Class.K="a,",L=0x2').keys];
    for (const text of ["Class.K='a,', L=2", 'Class.K = "a," ,L = 2', ' Class.K="a,"\t,\tL=2 ']) {
      expect([...parseInstancePath(text).keys]).toEqual(wanted);
    }
  });

  test('names the only object of a class without keys', () => {
    const path = parseInstancePath('//srv/root/x:Class=@');
    expect([path.isSingleton, path.keys.size, String(path)]).toEqual([true, 0, '//srv/root/x:Class=@']);
    expect(path.inNamespace('y').isSingleton).toBe(true);
    expect(parseInstancePath('root/x:Class').isSingleton).toBe(false);
    expect(parseInstancePath('root/x:Class').equals(path)).toBe(true);
  });

  test.each([
    ['Class="c:\\scripts"', 'a backslash in a value stands before a quote or a second backslash'],
    ["Class.K='a\\n'", 'a backslash in a value stands before a quote or a second backslash'],
    ['Class="a",B=1', 'nothing may follow the value of an only key'],
    ['Class=@,B=1', 'is neither text in quotes, an integer nor a boolean'],
    ['Class=', "'' is neither text in quotes, an integer nor a boolean"],
    ['Class=\'a"', 'a quoted value is not closed'],
    ['Class=0x', "'0x' is neither"],
  ])('%s is refused: %s', (text, why) => {
    expect(() => parseInstancePath(text)).toThrow(why);
  });
});

describe('no path', () => {
  test.each([
    ['', 'nothing'],
    [' ', 'a blank'],
    ['root:', 'no class'],
    ['.K=1', 'no class but a key'],
    ['1Class', 'a class that begins with a digit'],
    ['Class.', 'a point and no key'],
    ['Class.K', 'a key without value'],
    ['Class.K=', 'an empty value'],
    ['Class.=1', 'a value without key'],
    ['Class.K=abc', 'a bare word'],
    ['Class.K=1.5', 'a real'],
    ['Class.K=123456789012345678901', 'an integer that no type holds'],
    ['Class.K="a', 'a value not closed'],
    ['Class.K="a\\"', 'a value whose closing quote is escaped'],
    ['Class.K="a"b', 'text behind a value'],
    ['Class.K="a"L="b"', 'no comma'],
    ['Class.K="a",', 'a comma at the end'],
    ['Class.K="a",,L="b"', 'two commas'],
    ['Class.K="a",k="b"', 'a key given twice'],
    ['//srv:Class', 'a host without namespace'],
    ['//srv/:Class', 'a host with an empty namespace'],
    ['///root:Class', 'an empty host'],
    ['<a/>', 'XML'],
  ])('is %j: %s', (text) => {
    expect(() => parseInstancePath(text)).toThrow(CimError);
  });

  test.each([
    ['a', 'C.', 'K="'],
    ['"', 'C.K=', ''],
    ['\\', 'C.K="', ''],
    ['C', '', '!'],
    ['1', 'C.K=', ''],
  ])('is refused with a short message, however many %j there are', (character, before, after) => {
    const text = before + character.repeat(100_000) + after;
    expect(() => parseInstancePath(text)).toThrow(/^.{0,300}$/s);
  });
});

import { describe, expect, it } from 'vitest';
import { compileText, instancesOf, readError, readValue } from '../../mof/compile-text.js';

describe('integer literals', () => {
  it.each([
    ['42', 42],
    ['-42', -42],
    ['+7', 7],
    ['0', 0],
    ['101b', 5],
    ['-11B', -3],
    ['0b', 0],
    ['017', 15],
    ['-010', -8],
    ['0x2A', 42],
    ['0Xff', 255],
    ['-0x10', -16],
  ])('reads %s', (text, value) => {
    expect(readValue('sint32', text)).toBe(value);
  });

  it('keeps every digit of 64-bit integers', () => {
    expect(readValue('uint64', '18446744073709551615')).toBe(18446744073709551615n);
    expect(readValue('sint64', '-9223372036854775808')).toBe(-9223372036854775808n);
    expect(readValue('uint64', '0xFFFFFFFFFFFFFFFF')).toBe(0xffffffffffffffffn);
    expect(readValue('uint64', `${'1'.repeat(64)}b`)).toBe(0xffffffffffffffffn);
    expect(readValue('uint64', '01777777777777777777777')).toBe(0xffffffffffffffffn);
  });

  it.each([
    ['uint8', '256', '256 is out of range for uint8 (0 to 255)'],
    ['uint8', '-1', '-1 is out of range for uint8 (0 to 255)'],
    ['sint8', '-129', '-129 is out of range for sint8 (-128 to 127)'],
    ['sint16', '32768', '32768 is out of range for sint16 (-32768 to 32767)'],
    ['uint32', '4294967296', '4294967296 is out of range for uint32 (0 to 4294967295)'],
    ['uint64', '18446744073709551616', '18446744073709551616 is out of range for uint64 (0 to 18446744073709551615)'],
  ])('refuses what %s cannot hold: %s', (type, text, message) => {
    expect(readError(type, text)).toBe(message);
  });

  it.each([
    ['08', "'08' is not an octal number, which a leading 0 begins"],
    ['12ab', "'12ab' is not a number"],
    ['0x', "'0x' is not a number"],
    ['1e5', "'1e5' is not a number"],
    ['102b', "'102b' is not a number"],
    ['1_000', "'1_000' is not a number"],
  ])('refuses the malformed number %s', (text, message) => {
    expect(readError('uint32', text)).toBe(message);
  });

  it('bounds the length of a number', () => {
    expect(readError('uint32', '1'.repeat(401))).toBe('a number of 401 characters is too long');
  });
});

describe('real literals', () => {
  it.each([
    ['1.5', 1.5],
    ['-0.25', -0.25],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['1.0e3', 1000],
    ['1.5E-3', 0.0015],
    ['2.0e+2', 200],
    ['-0.0', -0],
    ['12', 12],
  ])('reads %s', (text, value) => {
    expect(readValue('real64', text)).toBe(value);
  });

  it('rounds a real32 to a single', () => {
    expect(readValue('real32', '0.1')).toBe(Math.fround(0.1));
  });

  it('refuses what a real32 cannot hold', () => {
    expect(readError('real32', '1.0e39')).toBe('1e+39 is out of range for real32');
  });

  it('refuses what a real64 cannot hold', () => {
    expect(readError('real64', '1.0e999')).toBe('1.0e999 is out of range for a real64');
  });

  it('refuses a real where an integer is wanted', () => {
    expect(readError('uint32', '1.0')).toBe('real 1 where uint32 is wanted');
  });

  it.each(['5.', '1.2.3', '1.0e', '1.0e+'])('refuses the malformed real %s', (text) => {
    expect(readError('real64', text)).toMatch(/is not a number$/);
  });
});

describe('string literals', () => {
  it('reads all escapes', () => {
    expect(readValue('string', String.raw`"\t\n\r\"\'\\"`)).toBe('\t\n\r"\'\\');
  });

  it.each([
    [String.raw`"\b"`, 'U+0008'],
    [String.raw`"\f"`, 'U+000C'],
    [String.raw`"a\x0000b"`, 'U+0000'],
    ['"a\u0001"', 'U+0001'],
    [String.raw`"\xFFFF"`, 'U+FFFF'],
    [String.raw`"\xD800"`, 'U+D800'],
  ])('refuses %j, which no XML message can carry', (text, character) => {
    expect(readError('string', text)).toBe(`the string holds ${character}, which no XML message can carry`);
  });

  it('takes both halves of a character beyond U+FFFF, also of two literals', () => {
    expect(readValue('string', String.raw`"\xD83D" "\xDE00"`)).toBe('\u{1f600}');
  });

  it('reads hexadecimal escapes of one to four digits', () => {
    expect(readValue('string', String.raw`"\x9\x41\x263\X263a!"`)).toBe('\t\x41\u0263\u263a!');
    expect(readValue('string', String.raw`"\x00414"`)).toBe('A4');
  });

  it('joins literals that follow each other, comments between them or not', () => {
    expect(readValue('string', '"one " /* and */ "two"\n// and\n " three"')).toBe('one two three');
  });

  it('does not take comment marks in strings for comments', () => {
    expect(readValue('string', '"http://host/* no */"')).toBe('http://host/* no */');
  });

  it('reads characters outside the basic plane', () => {
    expect(readValue('string', '"näive \u{1f600}"')).toBe('näive \u{1f600}');
  });

  it('reads the empty string', () => {
    expect(readValue('string', '""')).toBe('');
  });

  it.each([
    [String.raw`"a\q"`, String.raw`'\q' is not an escape sequence`],
    [String.raw`"a\xg"`, String.raw`'\x' must be followed by one to four hexadecimal digits`],
    ['"open', 'the string is not closed on its line'],
    ['"open\n', 'the string is not closed on its line'],
    ['"open; };\ninstance of T { p = "x"', 'the string is not closed on its line'],
  ])('refuses %j', (text, message) => {
    expect(readError('string', text)).toBe(message);
  });

  it.each(['\n', '\r\n'])('take a line break %j with a warning, since Windows and others do', (lineBreak) => {
    const text = `class T { [Key] uint8 k; string p; };\ninstance of T { k = 1; p = "#!/bin/sh${lineBreak}echo hi"; };`;
    const compilation = compileText(text);
    expect(instancesOf(compilation)[0]?.get('p')).toBe(`#!/bin/sh${lineBreak}echo hi`);
    expect(compilation.warnings.map(String)).toEqual(['test.mof:2:28: the string goes over several lines']);
  });

  it('refuses a number where a string is wanted', () => {
    expect(readError('string', '5')).toBe('integer 5 where string is wanted');
  });
});

describe('character literals', () => {
  it.each([
    ["'a'", 'a'],
    [String.raw`'\n'`, '\n'],
    [String.raw`'\''`, "'"],
    [`'"'`, '"'],
    [String.raw`'\x263a'`, '\u263a'],
  ])('reads %s', (text, value) => {
    expect(readValue('char16', text)).toBe(value);
  });

  it.each(["''", "'ab'", "'", "'\u{1f600}'", "'\n'"])('refuses %j', (text) => {
    expect(readError('char16', text)).toBe("a character literal has one character between apostrophes, as in 'x'");
  });

  it('refuses a string where a character is wanted', () => {
    expect(readError('char16', '"a"')).toBe('string "a" where char16 is wanted');
  });
});

describe('other literals', () => {
  it.each(['true', 'TRUE', 'True'])('reads the boolean %s', (text) => {
    expect(readValue('boolean', text)).toBe(true);
  });

  it('reads false in any case', () => {
    expect(readValue('boolean', 'fAlSe')).toBe(false);
  });

  it.each(['null', 'NULL', 'Null'])('reads %s', (text) => {
    expect(readValue('string', text)).toBeNull();
  });

  it('refuses numbers as booleans', () => {
    expect(readError('boolean', '1')).toBe('integer 1 where boolean is wanted');
  });

  it('reads timestamps and intervals', () => {
    expect(String(readValue('datetime', '"20240229123456.123456+060"'))).toBe('20240229123456.123456+060');
    expect(String(readValue('datetime', '"00000001132312.000000:000"'))).toBe('00000001132312.000000:000');
  });

  it('says what is wrong with a datetime', () => {
    expect(readError('datetime', '"20230229123456.123456+060"')).toMatch(/day 29 does not exist/);
  });
});

describe('arrays', () => {
  it('reads elements, NULL among them', () => {
    expect(readValue('uint8', '{1, NULL, 0x3}', '[]')).toEqual([1, null, 3]);
  });

  it('tells an empty array from NULL', () => {
    expect(readValue('uint8', '{}', '[]')).toEqual([]);
    expect(readValue('uint8', 'NULL', '[]')).toBeNull();
  });

  it('joins adjacent strings within elements', () => {
    expect(readValue('string', '{"a" "b", "c"}', '[]')).toEqual(['ab', 'c']);
  });

  it('refuses more elements than a fixed array has', () => {
    expect(readError('uint8', '{1, 2, 3}', '[2]')).toBe('3 elements do not fit uint8[2]');
  });

  it.each([
    ['5', 'integer 5 where uint8[] is wanted: write {…}'],
    ['{1, {2}}', "an array cannot hold an array: a single value is expected, not '{'"],
    ['{1, 2,}', "a value is expected, not '}'"],
    ['{1, "x"}', 'string "x" where uint8 is wanted'],
  ])('refuses %s for uint8[]', (text, message) => {
    expect(readError('uint8', text, '[]')).toBe(message);
  });

  it('refuses an array where a single value is wanted', () => {
    expect(readError('uint8', '{1}')).toBe('an array where uint8 is wanted');
  });
});

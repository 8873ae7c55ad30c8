import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CimError } from '../../../src/cim/model/cim-error.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { CimStatus } from '../../../src/cim/model/cim-status.js';
import { parseInstanceText } from '../../../src/mof/syntax/parse-embedded-instance.js';
import { compileText, schemaOf } from '../compile-text.js';

const schema = schemaOf(
  compileText(`
  [Abstract] class CIM_SettingData { [Key] string InstanceID; string ElementName; };
  class CIM_SubSettingData : CIM_SettingData { uint8 Depth = 7; uint64 Size; datetime When; };
  [Association] class CIM_Link { [Key] CIM_SettingData REF One; [Key] CIM_SettingData REF Two; };
  class CIM_Outer { [EmbeddedObject] string Inner; };
`),
);

const failure = (text: string): CimError => {
  try {
    parseInstanceText(text, schema);
  } catch (error) {
    if (error instanceof CimError) return error;
    throw error;
  }
  throw new Error('the text was taken');
};

describe('a text of one instance', () => {
  it('may be of an abstract class, as clients send goals', () => {
    const found = parseInstanceText(
      'instance of CIM_SettingData {\n  InstanceID = "goal:1";\n  ElementName = "low latency";\n};\n',
      schema,
    );
    expect([found.className, found.getString('instanceid'), found.path]).toEqual([
      ...['CIM_SettingData', 'goal:1', undefined],
    ]);
  });

  it('gets the defaults of its class and need not set keys', () => {
    const found = parseInstanceText('instance of CIM_SubSettingData { };', schema);
    expect([...found.properties]).toEqual([['Depth', 7]]);
  });

  it('may be as WMI prints it: line breaks, tabs, 64-bit integers in quotes', () => {
    const found = parseInstanceText(
      '\r\ninstance of CIM_SubSettingData\r\n{\r\n\tSize = "18446744073709551615";\r\n};\r\n',
      schema,
    );
    expect(found.get('Size')).toBe(18446744073709551615n);
  });

  it('may hold references as paths, with a host, a namespace or neither', () => {
    const found = parseInstanceText(
      'instance of CIM_Link { One = "CIM_SubSettingData.InstanceID=\\"a\\""; Two = "\\\\\\\\HOST\\\\root\\\\x:CIM_SettingData.InstanceID=\\"b\\""; };',
      schema,
    );
    expect(found.get('One')?.toString()).toBe('CIM_SubSettingData.InstanceID="a"');
    expect(found.get('Two')?.toString()).toBe('//HOST/root/x:CIM_SettingData.InstanceID="b"');
  });

  it('may hold an instance itself', () => {
    const found = parseInstanceText('instance of CIM_Outer { Inner = "instance of CIM_SettingData { };"; };', schema);
    expect(found.get('Inner')).toBeInstanceOf(CimInstance);
  });

  it.each([
    ['', "line 1, column 1: 'instance of' is expected, not the end of the text"],
    ['hello', "line 1, column 1: 'instance of' is expected, not 'hello'"],
    ['instance of CIM_No { };', 'line 1, column 13: class CIM_No does not exist'],
    ['instance of CIM_SettingData {\n  Nope = 1;\n};', 'line 2, column 3: CIM_SettingData has no property Nope'],
    [
      'instance of CIM_SettingData {\n  ElementName = 1;\n};',
      'line 2, column 17: ElementName: integer 1 where string is wanted',
    ],
    [
      'instance of CIM_SettingData { }',
      "line 1, column 32: ';' is expected at the end of the instance of CIM_SettingData, not the end of the text",
    ],
    ['instance of CIM_SettingData { }; x', "line 1, column 34: nothing is expected behind the instance, not 'x'"],
    [
      'instance of CIM_SettingData { }; instance of CIM_SettingData { };',
      "line 1, column 34: nothing is expected behind the instance, not 'instance'",
    ],
    ['#pragma include("/etc/passwd")', "line 1, column 1: 'instance of' is expected, not '#'"],
    ['class CIM_Evil { };', "line 1, column 1: 'instance of' is expected, not 'class'"],
    ['instance of CIM_Link { One = $A; };', 'line 1, column 30: One: alias $A does not exist'],
    [
      'instance of CIM_Outer { Inner = "instance of CIM_No { };"; };',
      'line 1, column 33: in the embedded instance, line 1, column 13: class CIM_No does not exist',
    ],
  ])('%j is refused', (text, message) => {
    const error = failure(text);
    expect(error.status).toBe(CimStatus.InvalidParameter);
    expect(error.message).toBe(`MOF text, ${message}`);
  });
});

describe('whatever comes in', () => {
  const pieces = fc.constantFrom(
    ...[
      'instance of CIM_SettingData',
      'CIM_Outer',
      'Inner',
      'ElementName',
      '=',
      '{',
      '}',
      ';',
      ',',
      '[',
      ']',
      '(',
      ')',
    ],
    ...[
      '"',
      "'",
      '\\',
      '\\x',
      '"x"',
      '1',
      '0x',
      '1.0e',
      '-',
      '.',
      '$',
      '$A',
      '/*',
      '*/',
      '//',
      '\n',
      ' ',
      ':',
      '#pragma',
      '\u0000',
    ],
    ...['NULL', 'true', 'Key', '"instance of CIM_Outer { Inner = NULL; };"'],
  );
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join(' ')),
    fc.array(pieces, { maxLength: 40 }).map((all) => `instance of CIM_Outer { ${all.join('')}`),
  );

  it('is an instance or a CimError', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        try {
          expect(parseInstanceText(text, schema)).toBeInstanceOf(CimInstance);
        } catch (error) {
          if (!(error instanceof CimError)) throw error;
          expect(error.message).toMatch(/^MOF text, line \d+, column \d+: ./s);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['braces', '{'],
    ['instances', 'instance of CIM_Outer { Inner = '],
    ['qualifier lists', '['],
    ['values in strings', '"instance of CIM_Outer { Inner = '],
  ])('nested %s without end are an error, not a crash', (_what, piece) => {
    expect(failure(`instance of CIM_Outer { Inner = ${piece.repeat(20_000)}`).message).toMatch(/^MOF text, line 1/);
  });
});

import { describe, expect, test } from 'vitest';
import { hasOption, readOptionSet } from '../../../src/wsman/header/option-set.js';
import { ns } from '../../../src/xml/namespaces.js';
import { readElement } from '../../support/xml-fragment.js';

function read(options: string, attributes = '') {
  return readOptionSet(readElement(`<w:OptionSet xmlns:s="${ns.soap}"${attributes}>${options}</w:OptionSet>`));
}

const option = (name: string, value: string, attributes = '') =>
  `<w:Option Name="${name}"${attributes}>${value}</w:Option>`;

const mustUnderstand = ' s:mustUnderstand="true"';
const mustComply = ' MustComply="true"';

describe('options', () => {
  test('are none without a set, and with an empty one that must be understood, as omicli sends it', () => {
    expect(readOptionSet(undefined).size).toBe(0);
    expect(read('', mustUnderstand).size).toBe(0);
  });

  test('are found in any case, trimmed', () => {
    const options = read(option('msftwinrm:UsePreciseArrays', '\n true ', ' Type="xs:boolean"'));
    expect(options.get('MSFTWINRM:useprecisearrays')).toEqual(['true']);
  });

  test('collect the values of a repeated name, in order', () => {
    const name = 'wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE';
    expect(read(['0', '1', '2'].map((value) => option(name, value)).join('')).get(name)).toEqual(['0', '1', '2']);
  });

  test('may be NULL', () => {
    expect(read(option('wmi:x', '', ' xsi:nil="true"')).get('wmi:x')).toEqual([null]);
  });

  test('that nobody knows are passed over', () => {
    expect(() => read(option('Unknown', '1') + option('Other', '2', ' MustComply="false"'))).not.toThrow();
  });

  test.each(['wmi:Anything', 'WMIARRAY:Anything', '__MI_CallbackRegistration', 'msftwinrm:useprecisearrays'])(
    '%s may be demanded',
    (name) => {
      expect(() => read(option(name, '1', mustComply))).not.toThrow();
      expect(() => read(option(name, '1'), mustUnderstand)).not.toThrow();
    },
  );
});

describe('options of class declarations', () => {
  test.each(['IncludeSubClasses', 'IncludeQualifiers', 'IncludeClassOrigin'])('%s may be demanded', (name) => {
    expect(() => read(option(name, 'true', mustComply))).not.toThrow();
    expect(() => read(option(name, 'False', mustComply))).not.toThrow();
  });

  test.each(['IncludePath', 'ExcludeClassSpecification'])('%s may be demanded to be off only', (name) => {
    expect(() => read(option(name, 'false', mustComply))).not.toThrow();
    expect(() => read(option(name, 'true'))).not.toThrow();
    expect(() => read(option(name, 'true', mustComply))).toThrow(
      expect.objectContaining({ key: 'OptionNotSupported' }),
    );
  });
});

describe('a fault comes of', () => {
  test.each([
    ['an option without name', '<w:Option>1</w:Option>', '', 'InvalidOptionName'],
    ['an option with a blank name', option(' ', '1'), '', 'InvalidOptionName'],
    ['an unknown option that must be complied with', option('Unknown', '1', mustComply), '', 'OptionNotSupported'],
    ['the same, said with 1', option('Unknown', '1', ' MustComply=" 1 "'), '', 'OptionNotSupported'],
    [
      'an unknown option in a set that must be understood',
      option('Unknown', '1'),
      mustUnderstand,
      'OptionNotSupported',
    ],
    ['an unknown option of great length', option('x'.repeat(100_000), '1', mustComply), '', 'OptionNotSupported'],
    [
      'a demanded switch that is neither on nor off',
      option('IncludeSubClasses', 'some', mustComply),
      '',
      'InvalidOptionValue',
    ],
    [
      'a demanded option that is NULL',
      option('IncludeQualifiers', '', `${mustComply} xsi:nil="true"`),
      '',
      'InvalidOptionValue',
    ],
    ['a demanded number that is none', option('__MI_CallbackRegistration', 'x', mustComply), '', 'InvalidOptionValue'],
    ['more options than any client sends', option('a', '1').repeat(1001), '', 'OptionLimit'],
  ])('%s', (_, options, attributes, key) => {
    expect(() => read(options, attributes)).toThrow(expect.objectContaining({ name: 'WsmanFault', key }));
    expect(() => read(options, attributes)).toThrow(/^.{0,400}$/);
  });
});

describe('a boolean option', () => {
  test.each([
    ['true', true],
    ['TRUE', true],
    ['1', true],
    ['false', false],
    ['0', false],
    ['', false],
    ['yes', false],
  ])('that says %j is %s', (value, expected) => {
    expect(hasOption(read(option('Flag', value)), 'FLAG')).toBe(expected);
  });

  test('that is absent or NULL is not set', () => {
    const options = read(option('Flag', '', ' xsi:nil="true"'));
    expect([hasOption(options, 'Flag'), hasOption(options, 'Other')]).toEqual([false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  callable,
  checkNames,
  flag,
  listOf,
  members,
  membersNamed,
  oneOf,
  orWord,
  text,
  wholeNumber,
  withMethods,
} from '../../src/options/option-checks.js';
import { OptionError } from '../../src/options/option-error.js';

const port = orWord('off', wholeNumber(0, 65_535));
const user = members<{ name: string; password: string }>({ name: text, password: text }, ['name', 'password']);

describe('the value of an option', () => {
  it.each([
    [text, 'x'],
    [flag, false],
    [callable, () => 1],
    [wholeNumber(1), 1],
    [oneOf('a', 'b'), 'b'],
    [port, 'off'],
    [port, 65_535],
    [listOf(text), ['x']],
    [user, { name: 'x', password: 'y' }],
    [membersNamed(['a'], flag), { a: true }],
    [withMethods('get'), new Map()],
  ])('passes when it is what it should be (%#)', (check, value) => {
    expect(() => check('option', value)).not.toThrow();
  });

  it.each([
    [text, 1, 'option: 1 is not a string'],
    [flag, 'yes', "option: 'yes' is not true or false"],
    [callable, {}, 'option: an object is not a function'],
    [wholeNumber(1), 0, 'option: 0 is not a whole number from 1'],
    [wholeNumber(1), 1.5, 'option: 1.5 is not a whole number from 1'],
    [wholeNumber(1, 9), Number.NaN, 'option: NaN is not a whole number from 1 to 9'],
    [oneOf('warn', 'error'), 'eror', "option: 'eror' is not one of warn, error: did you mean 'error'?"],
    [oneOf('warn', 'error'), null, 'option: null is not one of warn, error'],
    [port, '5985x', "option: '5985x' is not a whole number from 0 to 65535, or 'off'"],
    [listOf(text), {}, 'option: an object is not an array'],
    [listOf(text), ['x', 2], 'option[1]: 2 is not a string'],
    [user, [], 'option: an array is not an object'],
    [user, { name: 'x' }, 'option: password is missing'],
    [user, { name: 'x', password: undefined }, 'option: password is missing'],
    [user, { name: 'x', password: 'y', nam: 'x' }, "option: unknown option 'nam': did you mean 'name'?"],
    [user, { name: 5, password: 'y' }, 'option.name: 5 is not a string'],
    [withMethods('get', 'put'), { get() {} }, 'option: an object is not an object with the methods get, put'],
    [withMethods('get'), null, 'option: null is not an object with the methods get'],
  ])('is refused in one line that says what it should be (%#)', (check, value, message) => {
    expect(() => check('option', value)).toThrow(new OptionError(message));
  });

  it('is quoted short, and a password not at all', () => {
    expect(() => wholeNumber(1)('option', 'x'.repeat(1000))).toThrow(`option: '${'x'.repeat(60)}…' is not`);
    expect(() => user('', { name: 'x', password: 4711 })).toThrow(/^password: what was given is not a string$/);
  });
});

describe('a name that nobody knows', () => {
  it('is told with all there are, when none is near and they are few', () => {
    expect(() => checkNames('', { colour: 1 }, ['host', 'port'])).toThrow(
      new OptionError("unknown option 'colour': there are host, port"),
    );
    const many = Array.from({ length: 20 }, (_, index) => `name${index}`);
    expect(() => checkNames('', { colour: 1 }, many)).toThrow(new OptionError("unknown option 'colour'"));
  });

  it('may be called something else than an option', () => {
    expect(() => checkNames('instances', { creat: true }, ['create'], 'rule')).toThrow(
      "instances: unknown rule 'creat': did you mean 'create'?",
    );
  });

  it.each(['constructor', 'toString', '__proto__'])('is %s, too', (name) => {
    expect(() => checkNames('', JSON.parse(`{ "${name}": 1 }`), ['host'])).toThrow(OptionError);
  });
});

describe('an option error', () => {
  it('is for whoever gave the option, and says all there is to say', () => {
    expect(new OptionError('x')).toMatchObject({ name: 'OptionError', message: 'x', expected: true });
    expect(new OptionError('x')).toBeInstanceOf(TypeError);
  });
});

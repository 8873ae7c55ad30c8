import { describe, expect, it } from 'vitest';
import { parseOptions, UsageError } from '../../conformance/parse-options.js';

describe('the command line', () => {
  it('splits the account at the first colon', () => {
    const options = parseOptions(['--url', 'http://h:5985/wsman', '--user', 'me:a:b']);
    expect(options?.connection).toMatchObject({ url: 'http://h:5985/wsman', user: 'me', password: 'a:b' });
  });

  it.each([
    [[], '--url is missing'],
    [['--url', 'h:5985'], 'not an http or https URL'],
    [['--url', 'http://h/wsman', '--user', 'me'], '--user NAME:PASSWORD is missing'],
    [['--url', 'http://h/wsman', '--user', 'm:p', '--lab', 'maybe'], 'yes, no or auto'],
    [['--url', 'http://h/wsman', '--user', 'm:p', '--timeout', 'soon'], 'a number of seconds'],
    [['--url', 'http://h/wsman', '--user', 'm:p', '--timeout', 'Infinity'], 'a number of seconds'],
    [['--url', 'http://h/wsman', '--user', 'm:p', '--only', 'identity'], '--only identity: no case tests'],
    [['--nonsense'], 'nonsense'],
    [['http://h/wsman'], 'http://h/wsman'],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
    expect(() => parseOptions(args)).toThrow(message);
  });

  it('says in one line what is wrong, where Node takes three', () => {
    expect(() => parseOptions(['--url', '--json'])).toThrow(/^Option '--url' argument is ambiguous\. Did you .*$/);
  });

  it('asks for nothing but help with --help', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { didYouMean, nearestName } from '../../src/strings/nearest-name.js';

const OPTIONS = ['host', 'port', 'httpsPort', 'users', 'lab', 'logLevel', 'logger', 'operationTimeoutMs'];

describe('the nearest name', () => {
  it.each([
    ['userz', 'users'],
    ['user', 'users'],
    ['prot', 'port'],
    ['loglevel', 'logLevel'],
    ['httpPort', 'httpsPort'],
  ])('takes %s for %s, few letters away', (name, meant) => {
    expect(nearestName(name, OPTIONS)).toBe(meant);
  });

  it('is one that the name contains, or that contains it, where none is few letters away', () => {
    expect(nearestName('username', ['url', 'user', 'password'])).toBe('user');
    expect(nearestName('timeout', OPTIONS)).toBe('operationTimeoutMs');
  });

  it('is none where nothing is like it', () => {
    expect(nearestName('colour', OPTIONS)).toBeUndefined();
    expect(nearestName('post', ['lab'])).toBeUndefined();
    expect(nearestName('', OPTIONS)).toBeUndefined();
  });

  it('is the nearer of two', () => {
    expect(nearestName('RequestStateChang', ['RequestStateChanges', 'RequestStateChange'])).toBe('RequestStateChange');
  });

  it('is not looked for at length: a name of a megabyte costs nothing', () => {
    expect(nearestName('x'.repeat(1_000_000), ['x'.repeat(1_000_000)])).toBeUndefined();
  });

  it('ends the message about the wrong one', () => {
    expect(`unknown option 'userz'${didYouMean('userz', OPTIONS)}`).toBe(
      "unknown option 'userz': did you mean 'users'?",
    );
    expect(`unknown option 'colour'${didYouMean('colour', OPTIONS)}`).toBe("unknown option 'colour'");
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, nearestName, nearestNames } from '../../src/strings/nearest-name.js';

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

  it('is found with any one letter changed, whatever letters there are', () => {
    const word = fc.string({ unit: 'grapheme-ascii', minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(
        word,
        fc.nat(),
        fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
        (known, at, letter) => {
          const place = at % known.length;
          const given = known.slice(0, place) + letter + known.slice(place + 1);
          expect(nearestNames(given, ['~'.repeat(63), known], 3)).toEqual([known]);
        },
      ),
    );
  });

  it('are several, the nearest first, and no more than are wanted', () => {
    expect(nearestNames('Namee', ['Named', 'Names', 'Name', 'Number'], 2)).toEqual(['Named', 'Names']);
    expect(nearestNames('Nmae', ['Names', 'Name', 'Number'], 3)).toEqual(['Name']);
    expect(nearestNames('Nme', ['Name', 'Names', 'NameS2'], 1)).toEqual(['Name']);
  });

  it('ends the message about the wrong one', () => {
    expect(`unknown option 'userz'${didYouMean('userz', OPTIONS)}`).toBe(
      "unknown option 'userz': did you mean 'users'?",
    );
    expect(`unknown option 'colour'${didYouMean('colour', OPTIONS)}`).toBe("unknown option 'colour'");
  });
});

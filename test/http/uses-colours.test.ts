import { describe, expect, it } from 'vitest';
import { usesColours } from '../../src/http/uses-colours.js';

const terminal = { isTTY: true, hasColors: () => true };
const file = {};

describe('colours are', () => {
  it.each([
    ['used on a terminal', terminal, {}, true],
    ['not used in a file', file, {}, false],
    ['not used on a terminal that has none', { isTTY: true, hasColors: () => false }, {}, false],
    ['not used where NO_COLOR is set', terminal, { NO_COLOR: '1' }, false],
    ['used where NO_COLOR is empty', terminal, { NO_COLOR: '' }, true],
    ['used in a file where FORCE_COLOR is set', file, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    ['not used where FORCE_COLOR is 0', terminal, { FORCE_COLOR: '0' }, false],
  ])('%s', (_what, target, env, expected) => {
    expect(usesColours(target, env)).toBe(expected);
  });
});

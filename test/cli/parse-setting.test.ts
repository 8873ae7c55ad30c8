import { describe, expect, it } from 'vitest';
import { parseSettings, splitSettings } from '../../src/cli/parse-setting.js';

describe('--setting', () => {
  it('takes the names of winrm/config in any letter case', () => {
    expect(parseSettings('maxbatchitems=7')).toEqual({ maxBatchItems: 7 });
  });

  it('takes several at once, and adds to what was given before', () => {
    const before = parseSettings('MaxConnections=5');
    expect(parseSettings('MaxTimeoutms=500, MaxEnumerationsPerUser=2', before)).toEqual({
      maxConnections: 5,
      maxTimeoutMs: 500,
      maxEnumerationsPerUser: 2,
    });
  });

  it('says of each to which option it belongs', () => {
    const given = parseSettings('MaxConnections=5,ReservedConnections=0,SignInTimeoutms=500,MaxBatchItems=7');
    expect(splitSettings(given)).toEqual({
      limits: { maxConnections: 5, reservedConnections: 0, signInTimeoutMs: 500 },
      settings: { maxBatchItems: 7 },
    });
    expect(splitSettings()).toEqual({ limits: {}, settings: {} });
  });

  it.each([
    ['no number', 'MaxBatchItems=many', /NAME=NUMBER/],
    ['an unknown name', 'MaxShellsPerUser=1', /one of MaxTimeoutms, /],
    ['a part of a name', 'constructor=1', /one of MaxTimeoutms, /],
    ['nothing', '', /NAME=NUMBER/],
    ['0', 'MaxBatchItems=0', /from 1 to/],
    ['less than winrm/config takes', 'EnumerationTimeoutms=499', /from 500 to/],
    ['more than is ever carried out at once', 'MaxConcurrentOperations=4294967295', /from 1 to/],
  ])('refuses %s', (_, text, reason) => {
    expect(() => parseSettings(text)).toThrow(reason);
  });
});

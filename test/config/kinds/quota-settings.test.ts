import { describe, expect, it } from 'vitest';
import { quotaSettings, splitSettings } from '../../../src/config/kinds/quota-settings.js';

describe('--setting', () => {
  it('takes the names of winrm/config in any letter case', () => {
    expect(quotaSettings.read('maxbatchitems=7', undefined)).toEqual({ MaxBatchItems: 7 });
  });

  it('takes several at once, and adds to what was given before', () => {
    const before = quotaSettings.read('MaxConnections=5', undefined);
    expect(quotaSettings.read('MaxTimeoutms=500, MaxEnumerationsPerUser=2', before)).toEqual({
      MaxConnections: 5,
      MaxTimeoutms: 500,
      MaxEnumerationsPerUser: 2,
    });
  });

  it('says of each to which option it belongs', () => {
    const text = 'MaxConnections=5,ReservedConnections=0,SignInTimeoutms=500,MaxBatchItems=7';
    expect(splitSettings(quotaSettings.read(text, undefined))).toEqual({
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
    expect(() => quotaSettings.read(text, undefined)).toThrow(reason);
  });
});

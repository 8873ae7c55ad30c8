import { describe, expect, it } from 'vitest';
import { defaultDataDirectory } from '../../src/files/default-data-directory.js';

describe('the data directory', () => {
  it.each([
    ['linux', {}, '/home/a/.local/share/cimulator'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/cimulator'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/a/.local/share/cimulator'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/home/a/Library/Application Support/cimulator'],
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\cimulator'],
  ] as const)('is where %s wants it with %j', (platform, environment, expected) => {
    expect(defaultDataDirectory(platform, environment, '/home/a')).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { calledBy, effectiveSettings } from '../../src/config/effective-settings.js';
import { shownSettings } from '../../src/config/shown-settings.js';

const place = { file: 'c.yaml', line: 3, column: 7 };
const settings = effectiveSettings({
  flags: { port: 1 },
  variables: { port: 2, httpsPort: 2, user: ['a:hush'] },
  file: { file: 'c.yaml', values: { port: 3, httpsPort: 3, host: '::1' }, placeOf: () => place },
});

describe('what counts', () => {
  it('is the flag before the variable, that before the file, and that before the default', () => {
    expect(settings.values).toMatchObject({ port: 1, httpsPort: 2, host: '::1', logLevel: 'warn' });
  });

  it('is called as it was given', () => {
    expect((['port', 'httpsPort', 'host', 'logLevel'] as const).map((name) => calledBy(settings, name))).toEqual([
      '--port',
      'CIMULATOR_HTTPS_PORT',
      'c.yaml:3:7: host',
      '--log-level',
    ]);
  });

  it('is shown with where it comes from, without secrets', () => {
    expect(shownSettings(settings).filter(({ name }) => /^(?:host|port|httpsPort|user|lab)$/.test(name))).toEqual([
      { name: 'host', value: '::1', origin: 'c.yaml:3:7' },
      { name: 'port', value: 1, origin: '--port' },
      { name: 'httpsPort', value: 2, origin: 'CIMULATOR_HTTPS_PORT' },
      { name: 'user', value: ['a:***'], origin: 'CIMULATOR_USER' },
      { name: 'lab', value: null, origin: 'default' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { effectiveSettings } from '../../src/config/effective-settings.js';
import { shownSettings } from '../../src/config/shown-settings.js';
import { stateOptionsOf } from '../../src/config/state-options-of.js';

const URL = 'postgres://lab:hush@db/lab';

describe('the setting state', () => {
  it('takes a password from a variable and a file, and is shown without', () => {
    const settings = effectiveSettings({ variables: { state: URL } });
    expect(stateOptionsOf(settings).state).toBe(URL);
    expect(shownSettings(settings).find(({ name }) => name === 'state')?.value).toBe('postgres://lab@db/lab');
  });

  it('takes none from the command line, and says where it may stand', () => {
    const refuse = () => stateOptionsOf(effectiveSettings({ flags: { state: URL } }));
    expect(refuse).toThrow(/^--state: .*CIMULATOR_STATE.*cimulator\.yaml.*PGPASSFILE/);
    expect(refuse).not.toThrow(/hush/);
  });

  it('is called as it was given when it means nothing', () => {
    const settings = effectiveSettings({ variables: { state: 'mysql://root:hush@db' } });
    expect(() => stateOptionsOf(settings)).toThrow(/^CIMULATOR_STATE: expected a folder, none, or a URL postgres:/);
  });
});

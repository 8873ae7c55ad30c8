import { describe, expect, it } from 'vitest';
import { requirements } from '../../conformance/requirements.js';

describe('the table of requirements', () => {
  it('has each id once', () => {
    const ids = requirements.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('says of each requirement where it comes from and what it asks', () => {
    const incomplete = requirements.filter(
      ({ clause, behaviour }) => !/^(SOAP|XML|RFC|DSP|MS-|WS-|WinRM)/.test(clause) || !/^\S.*\.$/.test(behaviour),
    );
    expect(incomplete).toEqual([]);
  });
});

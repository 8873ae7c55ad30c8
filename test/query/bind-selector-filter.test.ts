import { describe, expect, it } from 'vitest';
import { CimStatus } from '../../src/cim/model/cim-status.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { bindSelectorFilter } from '../../src/query/bind-selector-filter.js';
import { errorOf, schema, system } from './lab.js';

const systems = [system('TEST_System', 'a', 1n), system('TEST_SubSystem', 'b', 1n), system('TEST_System', 'c', 2n)];

function bindSelectors(selectors: Readonly<Record<string, string>>, className = 'TEST_System') {
  return bindSelectorFilter(new NameMap(Object.entries(selectors)), className, schema);
}

describe('a selector filter', () => {
  it.each([
    [{ Size: '1' }, ['a', 'b']],
    [{ size: '1', NAME: 'B' }, ['b']],
    [{ Name: 'nobody' }, []],
    [{}, ['a', 'b', 'c']],
  ])('%j selects %j', (selectors, expected) => {
    const query = bindSelectors(selectors);
    const names = systems.filter((instance) => query.matches(instance)).map((instance) => instance.get('Name'));
    expect(names).toEqual(expected);
  });

  it('names the values that it pins down', () => {
    const { equalities } = bindSelectors({ Name: 'a', CreationClassName: 'TEST_System' });
    expect(Object.fromEntries(equalities)).toEqual({ CreationClassName: 'TEST_System', Name: 'a' });
  });

  it.each([
    [{ Nothing: 'x' }, "class TEST_EveryType has no property 'Nothing'"],
    [{ many_uint8: '1' }, 'many_uint8 is of type uint8[], by which selectors do not choose'],
    [{ a_datetime: '20260102' }, 'a_datetime is of type datetime'],
    [{ a_setting: 'x' }, 'a_setting is of type embedded TEST_Setting'],
    [{ a_uint8: 'x' }, "a_uint8 (uint8) does not compare with 'x'"],
  ])('%j is refused: %s', (selectors, why) => {
    const error = errorOf(() => bindSelectors(selectors as Record<string, string>, 'TEST_EveryType'));
    expect(error.status).toBe(CimStatus.InvalidQuery);
    expect(error.message).toContain(why);
  });

  it('refuses references', () => {
    expect(() => bindSelectors({ Antecedent: 'x' }, 'TEST_Hosts')).toThrow('Antecedent is of type TEST_System REF');
  });

  it('refuses a class that does not exist', () => {
    expect(errorOf(() => bindSelectors({}, 'TEST_None')).status).toBe(CimStatus.InvalidClass);
  });
});

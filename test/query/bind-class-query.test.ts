import { describe, expect, it } from 'vitest';
import { bindClassQuery } from '../../src/query/bind-class-query.js';
import { parseWql } from '../../src/query/parse-wql.js';
import { schema } from './lab.js';

function bindClasses(text: string) {
  const statement = parseWql(text);
  if (statement.kind !== 'SelectClasses') throw new Error(`${text} is no query for classes`);
  return bindClassQuery(statement, schema, { namespace: 'root/test' });
}

function classNames(condition: string): string[] {
  const query = bindClasses(`SELECT * FROM meta_class WHERE ${condition}`);
  return [...schema.classes].filter((cimClass) => query.matches(cimClass)).map(({ name }) => name);
}

describe('a query for classes', () => {
  it.each([
    ["__CLASS = 'test_system'", ['TEST_System']],
    ["__CLASS LIKE '%Setting'", ['TEST_Setting', 'TEST_SpecialSetting']],
    ["__this ISA 'TEST_System'", ['TEST_System', 'TEST_SubSystem', 'TEST_OtherSystem']],
    ["__SUPERCLASS = 'TEST_System'", ['TEST_SubSystem', 'TEST_OtherSystem']],
    ["__SUPERCLASS IS NULL AND __CLASS LIKE '%system'", ['TEST_System']],
    ["__this ISA 'TEST_System' AND NOT __CLASS = 'TEST_SubSystem'", ['TEST_System', 'TEST_OtherSystem']],
    ["__DYNASTY = 'TEST_Hosts'", ['TEST_Hosts', 'TEST_HostsDirectly']],
    ["__DERIVATION[0] = 'TEST_Hosts' OR __CLASS = 'TEST_Port'", ['TEST_HostsDirectly', 'TEST_Port']],
    ["__GENUS = 1 AND __CLASS = 'TEST_Port'", ['TEST_Port']],
    ["__NAMESPACE = 'root\\\\test' AND __PROPERTY_COUNT = 1", ['TEST_Alert', 'TEST_Port']],
  ])('%s finds %j', (condition, expected) => {
    expect(classNames(condition).toSorted()).toEqual(expected.toSorted());
  });

  it('finds every class without a condition', () => {
    const query = bindClasses('SELECT * FROM meta_class');
    expect([...schema.classes].every((cimClass) => query.matches(cimClass))).toBe(true);
  });

  it('says which class every match derives from', () => {
    const { within } = bindClasses("SELECT * FROM meta_class WHERE __CLASS LIKE '%' AND __this ISA 'test_system'");
    expect(within).toBe('TEST_System');
  });

  it('takes system properties in the SELECT list', () => {
    expect(bindClasses('SELECT __class FROM meta_class').projection).toEqual(['__CLASS']);
  });

  it('refuses other properties, and names those that there are', () => {
    expect(() => bindClasses("SELECT * FROM meta_class WHERE Name = 'x'")).toThrow(
      "Invalid query at character 32: a class has no property 'Name', but __CLASS, __SUPERCLASS",
    );
  });
});

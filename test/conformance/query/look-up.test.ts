import { describe, expect, it } from 'vitest';
import { bind } from '../../query/lab.js';

const system = 'SELECT * FROM TEST_System WHERE ';

describe('what every match has in common', () => {
  it.each([
    ["Name = 'a'", { Name: 'a' }],
    ["'a' = name", { Name: 'a' }],
    ["Name = 'a' AND Size = 5", { Name: 'a', Size: 5n }],
    ["(Name = 'a' AND (Size = '5'))", { Name: 'a', Size: 5n }],
    ["Name = 'a' AND Size > 5", { Name: 'a' }],
    ["Name = 'a' AND Name = 'b'", { Name: 'a' }],
    ["Name = 'a' OR Size = 5", {}],
    ["NOT Name = 'a'", {}],
    ["Name LIKE 'a'", {}],
    ['Name IS NULL', {}],
    ['Size = 1.5', {}],
    ['Size = -1', {}],
    ['__PATH = \'root/test:TEST_System.Name="n",CreationClassName="c"\'', { CreationClassName: 'c', Name: 'n' }],
    ['__RELPATH = \'TEST_System.CreationClassName="c",Name="n"\'', { CreationClassName: 'c', Name: 'n' }],
  ])('of %s are the equalities %o', (condition, expected) => {
    expect(Object.fromEntries(bind(system + condition).equalities)).toEqual(expected);
  });

  it.each([
    ["Name = 'a'", 'TEST_System'],
    ['__this ISA test_subsystem', 'TEST_SubSystem'],
    ["Name = 'a' AND __CLASS = 'TEST_SubSystem'", 'TEST_SubSystem'],
    ["__CLASS = 'TEST_Port'", 'TEST_System'],
    ["__this ISA 'TEST_SubSystem' OR Name = 'a'", 'TEST_System'],
  ])('of %s is class %s', (condition, expected) => {
    expect(bind(system + condition).within).toBe(expected);
  });

  it('is a reference when the query names one', () => {
    const { equalities } = bind('SELECT * FROM TEST_HostsPort WHERE dependent = "TEST_Port=5"');
    expect(Array.from(equalities, ([name, path]) => [name, path.toString()])).toEqual([
      ['Dependent', 'TEST_Port.PortNumber=5'],
    ]);
  });

  it('holds only properties of the class, whatever keys a path names', () => {
    const { equalities } = bind(`${system}__RELPATH = 'TEST_Port.PortNumber=5'`);
    expect([...equalities]).toEqual([]);
  });

  it('holds no datetimes and reals, of which one value has several texts', () => {
    const where = "a_datetime = '2026-01-02' AND a_real32 = 1.5 AND a_char16 = 'x' AND a_boolean = 1";
    const { equalities } = bind(`SELECT * FROM TEST_EveryType WHERE ${where}`);
    expect(Object.fromEntries(equalities)).toEqual({ a_char16: 'x', a_boolean: true });
  });
});

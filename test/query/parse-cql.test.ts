import { describe, expect, it } from 'vitest';
import { bindQuery } from '../../src/query/bind-query.js';
import { parseCql } from '../../src/query/parse-cql.js';
import { schema, system } from './lab.js';

const systems = [
  system('TEST_System', 'alpha', 1n),
  system('TEST_SubSystem', 'beta', 20n),
  system('TEST_System', 'Beta'),
];

function selectedBy(text: string) {
  const query = bindQuery(parseCql(text), schema);
  return systems.filter((instance) => query.matches(instance)).map((instance) => instance.get('Name'));
}

describe('a CQL query', () => {
  it.each([
    ['SELECT * FROM TEST_System', ['alpha', 'beta', 'Beta']],
    ["SELECT * FROM TEST_System WHERE Name = 'beta'", ['beta']],
    ["SELECT * FROM TEST_System WHERE Name < 'alpha'", ['Beta']],
    ["SELECT * FROM TEST_System WHERE TEST_System.Name = 'beta'", ['beta']],
    ["SELECT * FROM TEST_System AS s WHERE s.Name = 'beta' AND s.Size > 5", ['beta']],
    ["SELECT * FROM TEST_System s WHERE S.Name <> 'beta'", ['alpha', 'Beta']],
    ["SELECT * FROM TEST_System WHERE Name LIKE '.*eta'", ['beta', 'Beta']],
    ["SELECT * FROM TEST_System WHERE Name LIKE 'al*pha'", ['alpha']],
    ["SELECT * FROM TEST_System WHERE Name LIKE 'al'", []],
    ['SELECT * FROM TEST_System WHERE Size IS NULL', ['Beta']],
    ['SELECT * FROM TEST_System WHERE TEST_System ISA TEST_SubSystem', ['beta']],
    ['SELECT * FROM TEST_System s WHERE NOT (s ISA TEST_SubSystem OR Size IS NULL)', ['alpha']],
    ["SELECT * FROM TEST_System WHERE 1 >= Size OR Name = 'Beta'", ['alpha', 'Beta']],
  ])('%s selects %j', (text, expected) => {
    expect(selectedBy(text)).toEqual(expected);
  });

  it('takes scoped names in the SELECT list', () => {
    expect(bindQuery(parseCql('SELECT TEST_System.Name, s.size FROM TEST_System s'), schema).projection).toEqual([
      'Name',
      'Size',
    ]);
  });

  it.each([
    ['SELECT OBJECTPATH(TEST_System) FROM TEST_System', "functions are not supported, so 'OBJECTPATH('"],
    [
      'SELECT * FROM TEST_System WHERE OBJECTPATH(TEST_System) IS NULL',
      "functions are not supported, so 'OBJECTPATH('",
    ],
    ['SELECT * FROM TEST_System, TEST_Port', "expected WHERE or the end of the query but found ','"],
    ['SELECT * FROM TEST_System s ORDER BY Name', "expected WHERE or the end of the query but found 'ORDER'"],
    [
      "SELECT * FROM TEST_System WHERE Name LIKE '(a|b)'",
      "the pattern is wrong: '(' has no meaning in a basic pattern",
    ],
    ['ASSOCIATORS OF {TEST_Port=1}', "expected SELECT but found 'ASSOCIATORS'"],
  ])('%s is refused', (text, why) => {
    expect(() => selectedBy(text)).toThrow(why);
  });
});

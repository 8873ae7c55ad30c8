import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { CimError } from '../../../src/cim/model/cim-error.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { comparisonKey } from '../../../src/cim/model/comparison-key.js';
import type { WqlStatement } from '../../../src/query/ast/wql-statement.js';
import { bindAssociationQuery } from '../../../src/query/bind-association-query.js';
import { bindClassQuery } from '../../../src/query/bind-class-query.js';
import { bindQuery } from '../../../src/query/bind-query.js';
import type { BoundQuery } from '../../../src/query/bound-query.js';
import { printQuery } from '../../../src/query/print-query.js';
import { everyType, schema, setting, system } from '../../query/lab.js';
import { namespace } from '../../support/test-schema.js';
import { unlessRefused, type Verdict } from './fuzz-target.js';

const when = CimDateTime.parse('20200101120000.000000+060');
const inner = setting('TEST_Setting', { InstanceID: 'b', Names: ['x', 'y'] });
const outer = setting('TEST_SpecialSetting', { InstanceID: 'a', Count: 3, When: when, Inner: inner, Extra: -5n });

const instances: readonly CimInstance[] = [
  everyType('empty'),
  everyType('full', {
    ...{ a_uint8: 1, a_sint64: -3n, a_uint64: 2n ** 64n - 1n, a_real64: 1.5, a_boolean: true, a_char16: 'c' },
    ...{
      a_string: 'some text',
      a_datetime: when,
      many_uint8: [1, null, 2],
      many_string: ['a', 'b'],
      many_datetime: [when],
    },
    ...{ a_setting: outer, many_setting: [outer, inner], an_object: outer, octets: [1, 2, 3] },
  }),
  system('TEST_System', 'one', 5n),
  system('TEST_SubSystem', 'two', null),
];

/** Parses a query, prints and parses it once more, and asks it. @throws Error when two ways to the same thing differ */
export function runQuery(text: string, parse: (text: string) => WqlStatement): Verdict {
  const statement = unlessRefused([CimError], () => parse(text));
  if (statement === undefined) return 'refused';
  const printed = printQuery(statement);
  const again = unlessRefused([CimError], () => printQuery(parse(printed)));
  if (again !== printed) throw new Error(`printed as ${printed}, and then as ${again}`);
  return unlessRefused([CimError], () => ask(statement)) ?? 'refused';
}

function ask(statement: WqlStatement): Verdict {
  const place = { namespace, server: 'srv1' };
  if (statement.kind === 'Select') {
    const query = bindQuery(statement, schema, place);
    for (const instance of instances) {
      if (schema.isA(instance.className, query.className)) checkSame(query, instance);
    }
  } else if (statement.kind === 'SelectClasses') {
    const query = bindClassQuery(statement, schema, place);
    for (const cimClass of schema.classes) query.matches(cimClass);
  } else {
    bindAssociationQuery(statement, schema);
  }
  return 'taken';
}

/** What is asked at once and what is asked in steps must come to the same. */
function checkSame(query: BoundQuery, instance: CimInstance): void {
  const matches = query.matches(instance);
  let judged = query.judge(instance);
  if (typeof judged !== 'boolean') {
    let step = judged.next();
    while (step.done !== true) step = judged.next();
    judged = step.value;
  }
  if (matches && !schema.isA(instance.className, query.within)) throw new Error(`a match outside ${query.within}`);
  for (const [name, value] of matches ? query.equalities : []) {
    if (comparisonKey(instance.get(name)) !== comparisonKey(value)) throw new Error(`a match with another ${name}`);
  }
  if (matches !== judged)
    throw new Error(`the query ${matches ? 'matches' : 'does not match'}, and in steps it is different`);
}

import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import type { CimError } from '../../src/cim/model/cim-error.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { bindQuery } from '../../src/query/bind-query.js';
import type { BoundQuery } from '../../src/query/bound-query.js';
import { parseWql } from '../../src/query/parse-wql.js';
import { createTestSchema, namespace } from '../support/test-schema.js';

export const schema = createTestSchema();

/** An instance of TEST_EveryType with some of its properties set. */
export function everyType(id: string, properties: Readonly<Record<string, CimValue>> = {}): CimInstance {
  const path = new InstancePath({ namespace, className: 'TEST_EveryType', keys: { Id: id } });
  return new CimInstance('TEST_EveryType', [['Id', id], ...Object.entries(properties)], path);
}

export function system(className: string, name: string, size: bigint | null = null): CimInstance {
  const path = new InstancePath({ namespace, className, keys: { CreationClassName: className, Name: name } });
  return new CimInstance(
    className,
    [
      ['CreationClassName', className],
      ['Name', name],
      ['Size', size],
    ],
    path,
  );
}

export function setting(className: string, properties: Readonly<Record<string, CimValue>>): CimInstance {
  return new CimInstance(className, Object.entries(properties));
}

export function timestamp(text: string): CimDateTime {
  return CimDateTime.parse(text);
}

export function bind(text: string): BoundQuery {
  const statement = parseWql(text);
  if (statement.kind !== 'Select') throw new Error(`${text} is no query for instances`);
  return bindQuery(statement, schema, { namespace, server: 'srv1' });
}

/** The `Id` (or `Name`) of the instances that a query selects. */
export function selected(text: string, instances: readonly CimInstance[]): (string | undefined)[] {
  const query = bind(text);
  return instances
    .filter((instance) => query.matches(instance))
    .map((instance) => instance.getString('Id') ?? instance.getString('Name'));
}

/** What a function throws, for its status and message. */
export function errorOf(run: () => unknown): CimError {
  try {
    run();
  } catch (error) {
    return error as CimError;
  }
  throw new Error('nothing was thrown');
}

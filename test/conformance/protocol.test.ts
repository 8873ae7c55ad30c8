import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../conformance/cases.js';
import { connect } from '../../conformance/connect.js';
import type { Connection } from '../../conformance/connection.js';
import { discoverTarget } from '../../conformance/discover-target.js';
import { expectedFailures } from '../../conformance/expected-failures.js';
import { runCase } from '../../conformance/run-case.js';
import type { Target } from '../../conformance/target.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';

describe('our server', () => {
  const running = runEndpoint();
  let connection: Connection;
  let target: Target;

  beforeAll(async () => {
    connection = connect({ url: running.url, user: USER, password: PASSWORD });
    target = await discoverTarget(connection, { lab: 'yes' });
  });
  afterAll(() => connection.close());

  const named = cases.filter(({ needs }) => needs !== 'method').map((testCase) => [testCase.name, testCase] as const);

  it.each(named)('%s', async (name, testCase) => {
    const { outcome, reason } = await runCase(testCase, target, connection);
    if (Object.hasOwn(expectedFailures, name)) {
      expect(outcome, 'this case is among the expected failures').not.toBe('pass');
      return;
    }
    expect({ outcome, reason }).toEqual({ outcome: 'pass', reason: undefined });
  });
});

describe('our server, met as a stranger', () => {
  const running = runEndpoint();

  it('fails nothing that any server with some class has to do', async () => {
    const connection = connect({ url: running.url, user: USER, password: PASSWORD });
    try {
      const className = 'MSISCSITARGET_StorageConfigurationService';
      const method = 'CreateOrModifyReplicationPipe';
      const target = await discoverTarget(connection, { lab: 'no', className, method });
      const failed: string[] = [];
      for (const testCase of cases) {
        const { outcome } = await runCase(testCase, target, connection);
        if (outcome === 'fail' && !Object.hasOwn(expectedFailures, testCase.name)) failed.push(testCase.name);
      }
      expect(failed).toEqual([]);
    } finally {
      connection.close();
    }
  });
});

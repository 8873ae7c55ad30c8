import { describe, expect, it } from 'vitest';
import { CallRecord } from '../../../src/cim/contracts/call.js';
import { type CimInterceptor, compose, onOperation } from '../../../src/cim/contracts/cim-handler.js';
import type { CimOperation } from '../../../src/cim/contracts/cim-operation.js';
import { CimError } from '../../../src/cim/model/cim-error.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { createTestBroker, system, systemPath } from '../../support/test-broker.js';

const getOne: CimOperation = { kind: 'GetInstance', path: systemPath('one') };

describe('interceptors', () => {
  it('cost nothing where there are none', async () => {
    const { handler } = await createTestBroker();
    expect(compose([], handler)).toBe(handler);
  });

  it('see operations in their order, and answers in the order turned round', async () => {
    const seen: string[] = [];
    const noting = (name: string): CimInterceptor => {
      return (next) => async (operation, call) => {
        seen.push(`${name} ${operation.kind}`);
        const answer = await next(operation, call);
        seen.push(`${name} done`);
        return answer;
      };
    };
    const { handler } = await createTestBroker([system('one')]);
    await compose([noting('first'), noting('second')], handler)(getOne, new CallRecord());
    expect(seen).toEqual(['first GetInstance', 'second GetInstance', 'second done', 'first done']);
  });

  it('are given the call, and may answer in the place of the model', async () => {
    const { handler } = await createTestBroker();
    const own = system('own');
    const answering = onOperation('GetInstance', async (_operation, { user }) => {
      if (user === 'ann') return own;
      throw new CimError('AccessDenied', 'not you');
    });
    const intercepted = compose([answering], handler);
    expect(await intercepted(getOne, new CallRecord({ user: 'ann' }))).toBe(own);
    await expect(intercepted(getOne, new CallRecord({ user: 'bob' }))).rejects.toThrow('not you');
  });

  it('for one kind leave the others alone', async () => {
    const { handler } = await createTestBroker([system('one')]);
    const failing = onOperation('InvokeMethod', async () => ({ returnValue: 4, outputs: new NameMap() }));
    expect(await compose([failing], handler)(getOne, new CallRecord())).toMatchObject({ className: 'TEST_System' });
  });
});

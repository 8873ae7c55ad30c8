import { describe, expect, it } from 'vitest';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import type { Outcome } from '../../src/wsman/wsman-service.js';
import { echo, httpRequest, startTestListeners } from './test-listeners.js';

/** The line of a call that ended so. */
async function lineOf(outcome: Outcome) {
  await using server = await startTestListeners({
    logLevel: 'info',
    answer: async (request, call) => ({ ...(await echo(request, call)), outcome }),
  });
  await server.ask(httpRequest());
  await expect.poll(() => server.log.length).toBe(1);
  return { line: JSON.parse(server.log[0] ?? ''), call: server.calls[0] };
}

describe('the line of a call', () => {
  it('has the name of the call', async () => {
    const { line, call } = await lineOf({});
    expect(line.call).toBe(call?.id);
  });

  it('has class, method, target, value and reason', async () => {
    const { line } = await lineOf({
      action: 'urn:x/C/Do',
      className: 'C',
      target: new InstancePath({ namespace: 'root', className: 'C', keys: { K: 'k' } }),
      returned: { method: 'Do', value: '5', label: 'Invalid' },
      reason: 'because',
    });
    expect(line).toMatchObject({
      operation: 'Do',
      class: 'C',
      target: 'root:C.K="k"',
      returnValue: 5,
      returnLabel: 'Invalid',
      reason: 'because',
    });
  });

  it.each([
    ['null', null],
    ['4294967295', 4294967295],
    ['18446744073709551615', '18446744073709551615'],
    ['yes', 'yes'],
  ])('has the ReturnValue %s as JSON has it', async (value, expected) => {
    const { line } = await lineOf({ returned: { method: 'Do', value, label: undefined } });
    expect(line.returnValue).toBe(expected);
  });

  it('names the operation by its action', async () => {
    const { line } = await lineOf({ action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get', fault: 'NotFound' });
    expect(line).toMatchObject({ operation: 'Get', fault: 'NotFound' });
  });
});

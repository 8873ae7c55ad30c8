import { describe, expect, it } from 'vitest';
import { createOperationQuota } from '../../src/wsman/operation-quota.js';
import { createServiceSettings } from '../../src/wsman/service-settings.js';
import { gate } from '../http/gate.js';

const userQuota = expect.objectContaining({ key: 'UserOperationQuota' });
const quota = expect.objectContaining({ key: 'QuotaLimit' });

/** An operation that runs until it is told to end, with a result or a failure. */
function hold() {
  const { passed, open } = gate<() => string>();
  return {
    operation: async () => (await passed)(),
    end: (result: string) => open(() => result),
    fail: (message: string) =>
      open(() => {
        throw new Error(message);
      }),
  };
}

describe('the quota of operations', () => {
  it('lets a user run as many as the setting says, and no more', async () => {
    const quotas = createOperationQuota(createServiceSettings({ maxConcurrentOperationsPerUser: 2 }));
    const [first, second] = [hold(), hold()];
    const running = [quotas.run('ada', first.operation), quotas.run('ada', second.operation)];
    await expect(quotas.run('ada', async () => 'third')).rejects.toEqual(userQuota);
    first.end('first');
    second.end('second');
    expect(await Promise.all(running)).toEqual(['first', 'second']);
  });

  it('counts each user apart', async () => {
    const quotas = createOperationQuota(createServiceSettings({ maxConcurrentOperationsPerUser: 1 }));
    const held = hold();
    const running = quotas.run('ada', held.operation);
    expect(await quotas.run('bob', async () => 'done')).toBe('done');
    held.end('first');
    await running;
  });

  it('bounds all users together', async () => {
    const quotas = createOperationQuota(createServiceSettings({ maxConcurrentOperations: 1 }));
    const held = hold();
    const running = quotas.run('ada', held.operation);
    await expect(quotas.run('bob', async () => 'done')).rejects.toEqual(quota);
    held.end('first');
    await running;
    expect(await quotas.run('bob', async () => 'done')).toBe('done');
  });

  it('has room again after an operation that failed', async () => {
    const quotas = createOperationQuota(createServiceSettings({ maxConcurrentOperationsPerUser: 1 }));
    const held = hold();
    const running = quotas.run('ada', held.operation);
    held.fail('no');
    await expect(running).rejects.toThrow('no');
    expect(await quotas.run('ada', async () => 'done')).toBe('done');
  });

  it('follows the settings while operations run', async () => {
    const settings = createServiceSettings({ maxConcurrentOperationsPerUser: 1 });
    const quotas = createOperationQuota(settings);
    const held = hold();
    const running = quotas.run('ada', held.operation);
    settings.change({ maxConcurrentOperationsPerUser: 2 });
    expect(await quotas.run('ada', async () => 'done')).toBe('done');
    settings.change({ maxConcurrentOperationsPerUser: 1 });
    await expect(quotas.run('ada', async () => 'done')).rejects.toEqual(userQuota);
    held.end('first');
    await running;
  });
});

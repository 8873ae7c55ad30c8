import { expect, test } from 'vitest';
import { ProviderError } from '../../../src/cim/contracts/provider-error.js';
import { StoreError } from '../../../src/cim/contracts/store-error.js';
import { CimError } from '../../../src/cim/model/cim-error.js';
import { callProvider } from '../../../src/cim/operations/call-provider.js';

test.each([
  ['a CIM error', new CimError('Failed', 'no')],
  ['what the store threw', new StoreError('unavailable', 'no')],
])('%s comes through a provider as it is', async (_, error) => {
  await expect(
    callProvider('M', () => {
      throw error;
    }),
  ).rejects.toBe(error);
});

test('anything else is a failure of the provider, with its cause', async () => {
  const cause = new TypeError('x is not a function');
  const failed = callProvider('M', () => Promise.reject(cause));
  await expect(failed).rejects.toThrow(ProviderError);
  await expect(failed).rejects.toMatchObject({ kind: 'failure', cause });
});

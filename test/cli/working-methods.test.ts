import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatClass } from '../../src/cli/format-class.js';
import { findWorkingMethods } from '../../src/cli/working-methods.js';
import { createClient } from '../../src/client/create-client.js';
import type { WsmanClient } from '../../src/client/wsman-client.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';

const server = runEndpoint({ port: 0 });
let client: WsmanClient;

beforeAll(() => {
  client = createClient({ url: server.url, user: USER, password: PASSWORD });
});

afterAll(() => client.close());

async function shown(namespace: string, className: string): Promise<string> {
  const found = await client.getClass(className, { namespace });
  return formatClass(found, await findWorkingMethods(client, namespace, found));
}

describe('cimulator class', () => {
  it('marks the methods of a class of Windows that are not available', async () => {
    expect(await shown('root\\cimv2', 'Win32_Service')).not.toContain('not available');
    const printer = await shown('root/cimv2', 'Win32_Printer');
    expect(printer).toMatch(/^uint32 Reset\(\) {2}-- not available here$/m);
    expect(printer).toMatch(/^uint32 Pause\(\)$/m);
  });

  it('marks nothing where it is not known: of classes of others', async () => {
    const service = 'MSISCSITARGET_StorageConfigurationService';
    expect(await shown('root/cimv2/storage/iScsiTarget', service)).not.toContain('not available');
  });

  it('marks nothing of other servers', async () => {
    const found = await client.getClass('Win32_Printer', { namespace: 'root/cimv2' });
    const other = { identify: async () => ({ ...(await client.identify()), productVendor: 'Microsoft Corporation' }) };
    expect(await findWorkingMethods(other, 'root/cimv2', found)).toBeUndefined();
  });
});

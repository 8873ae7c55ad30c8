import { expect } from 'vitest';
import { parseInstancePath } from '../../src/index.js';
import { clientOf } from '../conformance/state/lab-client.js';
import type { useWorkers } from './workers-server.js';

const SYSTEM = parseInstancePath('root/cimv2:Win32_OperatingSystem=@');

/** Two clients, one at each of the workers, ask at once for what nobody has used: both see one set of instances, and a reset takes back what changes. */
export async function windowsFilledOnce({ url, control }: Pick<ReturnType<typeof useWorkers>, 'url' | 'control'>) {
  await control('DELETE', '/v1/requests');
  const clients = [clientOf(url()), clientOf(url())] as const;
  const [one, other] = clients;
  const namesAt = async (client: typeof one) => {
    const names = [];
    for await (const found of client.enumerate('Win32_Service', { namespace: 'root/cimv2' }))
      names.push(found.get('Name'));
    return names.sort();
  };
  const descriptionAt = async (client: typeof one) => (await client.get(SYSTEM)).get('Description');
  try {
    const [names, others] = await Promise.all(clients.map(namesAt));
    expect(names?.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names?.length);
    expect(others).toEqual(names);
    const { requests } = (await control('GET', '/v1/requests')).json as { requests: { id: string }[] };
    expect(new Set(requests.map(({ id }) => id.split('-')[0])).size).toBe(2);
    const description = await descriptionAt(one);
    await one.put(SYSTEM, { Description: 'Another' });
    expect(await descriptionAt(other)).toBe('Another');
    expect((await control('POST', '/v1/reset')).status).toBeLessThan(300);
    expect(await Promise.all(clients.map(descriptionAt))).toEqual([description, description]);
    expect(await namesAt(other)).toEqual(names);
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

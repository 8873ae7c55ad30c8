import { describe, expect, it } from 'vitest';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import type { HostEndpoint } from '../../src/endpoint/hosts/hosts.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { users } from './hosts/lab-with-hosts.js';

const namespace = 'root/cimv2';

/** Two computers of the lab, and one that it knows nothing of. */
function start() {
  return startEndpoint({
    users,
    lab: 'two-servers',
    hosts: [
      { name: 'srv01.lab.example' },
      { name: 'twin.lab.example', lab: 'two-servers' },
      { name: 'bare.lab.example' },
    ],
  });
}

const spooler = new InstancePath({ namespace, className: 'Win32_Service', keys: [['Name', 'Spooler']] });

async function services({ cim }: Pick<HostEndpoint, 'cim'>): Promise<readonly unknown[]> {
  return (await cim.find('SELECT Name FROM Win32_Service', namespace)).map((one) => one.get('Name'));
}

describe('namespaces of Windows', () => {
  it("are each host's own, and filled for the hosts that a lab fills them for", async () => {
    await using endpoint = await start();
    const [srv01, twin, bare] = ['srv01', 'twin', 'bare'].map((name) => endpoint.hosts.get(name));
    if (!srv01 || !twin || !bare) throw new Error('a host is missing');
    const all = await services(srv01);
    expect(all).toContain('Spooler');
    expect(await services(endpoint)).toEqual(all);
    await srv01.cim.delete(spooler);
    expect(await services(srv01)).not.toContain('Spooler');
    expect(await services(twin)).toEqual(all);
    expect(await services(bare)).toEqual([]);
  });

  it('go back with a host, and are not filled anew where something was taken away before a snapshot', async () => {
    await using endpoint = await start();
    const [srv01, twin] = ['srv01', 'twin'].map((name) => endpoint.hosts.get(name));
    if (!srv01 || !twin) throw new Error('a host is missing');
    for (const host of [srv01, twin]) {
      const before = await services(host);
      expect(before).toContain('Spooler');
      await host.cim.delete(spooler);
      const [own, all] = [await host.snapshot(), await endpoint.snapshot()];
      await host.reset();
      expect(await services(host)).toEqual(before);
      await host.restore(own);
      expect(await services(host)).not.toContain('Spooler');
      await endpoint.reset();
      expect(await services(host)).toEqual(before);
      await endpoint.restore(all);
      expect(await services(host)).not.toContain('Spooler');
      await endpoint.reset();
    }
  });

  it('are filled with what classes of somebody have a place for', async () => {
    const schemaDir = ['built-in', 'test/powershell/cimv2.mof'];
    await using endpoint = await startEndpoint({ users, schemaDir });
    expect(await services(endpoint)).toContain('BITS');
    const [disk] = await endpoint.hosts.get('srv02').cim.find('SELECT * FROM Win32_BIOS', namespace);
    expect(disk).toBeDefined();
  });
});

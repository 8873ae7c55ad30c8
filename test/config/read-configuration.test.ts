import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../src/config/read-configuration.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string) {
  await writeFile(join(folder, 'lab.yaml'), text);
  return readConfiguration(join(folder, 'lab.yaml'));
}

describe('a file of settings, from code', () => {
  it('is what startEndpoint takes, with labs and providers from where it lies', async () => {
    await writeFile(join(folder, 'own.mof'), 'class OWN_Thing { [Key] string Name; uint32 Turn(); };\n');
    await writeFile(
      join(folder, 'own.mjs'),
      "export const providers = [{ className: 'OWN_Thing', methods: { Turn: () => ({ returnValue: 0 }) } }];\n",
    );
    const own = 'lab: none\nschema: own.mof\nnamespace: root/own\nprovider: own.mjs\ndialect: windows\n';
    const options = await read(`version: 1\nuser: [a:b]\nseed: 7\n${own}`);
    expect(options).toMatchObject({ seed: 7, users: [{ name: 'a', password: 'b' }], namespace: 'root/own' });
    await using endpoint = await startEndpoint(options);
    expect([endpoint.lab, endpoint.https, endpoint.account.name]).toEqual(['none', undefined, 'a']);
    expect((await endpoint.broker.getClass('root/own', 'OWN_Thing')).name).toBe('OWN_Thing');
  });

  it('leaves out what it does not say', async () => {
    const options = await read('version: 1\n');
    for (const name of ['port', 'httpsPort', 'logLevel', 'users', 'dataDir']) expect(options).not.toHaveProperty(name);
    expect(await read('version: 1\nport: 5985\nlogLevel: warn\n')).toMatchObject({ port: 5985, logLevel: 'warn' });
  });

  it('is refused with its place', async () => {
    await expect(read('version: 1\nuser: [alice]\n')).rejects.toThrow(/lab\.yaml:2:7: user: expected NAME:PASSWORD$/);
    await expect(readConfiguration('none')).rejects.toThrow("'none' is no file of settings");
  });
});

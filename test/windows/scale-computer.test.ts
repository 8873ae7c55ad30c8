import { expect, it } from 'vitest';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';

const users = [{ name: 'lab', password: 'secret' }];

async function computer(lab: string, seed: number) {
  await using endpoint = await startEndpoint({ users, lab, seed, labScale: { services: 300, processes: 200 } });
  const { cim } = endpoint;
  const found = (query: string) => cim.find(query, 'root/cimv2');
  const services = await found('SELECT * FROM Win32_Service');
  const ids = new Set((await found('SELECT * FROM Win32_Process')).map((one) => one.get('ProcessId')));
  return {
    services: services.map((one) => `${one.get('Name')} ${one.get('StartMode')} ${one.get('State')}`),
    processes: ids.size,
    counted: (await cim.get('root/cimv2:Win32_OperatingSystem=@')).get('NumberOfProcesses'),
    homeless: services.filter((one) => one.get('State') === 'Running' && !ids.has(one.get('ProcessId'))).length,
    ofSystem: (await found('SELECT * FROM Win32_SystemServices')).length,
  };
}

it('a computer has as many services and processes as are asked for, which hold together, by the seed', async () => {
  const first = await computer('two-servers', 7);
  expect(first).toMatchObject({ processes: 200, counted: 200, homeless: 0 });
  expect([first.services.length, new Set(first.services).size]).toEqual([300, 300]);
  expect(first.ofSystem).toBe(300);
  expect((await computer('two-servers', 7)).services).toEqual(first.services);
  expect((await computer('two-servers', 8)).services).not.toEqual(first.services);
});

it('also one of which the lab says nothing else', async () => {
  const { services, ...counts } = await computer('empty', 1);
  expect([services.length, counts]).toEqual([300, { processes: 200, counted: 200, homeless: 0, ofSystem: 300 }]);
});

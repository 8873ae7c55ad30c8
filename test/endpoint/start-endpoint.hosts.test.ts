import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startEndpoint } from '../../src/index.js';
import { labWithHosts, users } from './hosts/lab-with-hosts.js';

const lab = { mof: labWithHosts };

async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it.each([
  [{ hosts: [{ name: 'a' }, { name: 'A' }] }, "hosts[1]: 'A' is a already"],
  [{ hosts: [{ name: 'a', aliases: ['x'] }, { name: 'x' }] }, "hosts[1]: 'x' is a already"],
  [
    {
      hosts: [
        { name: 'a', isDefault: true },
        { name: 'b', isDefault: true },
      ],
    },
    'hosts[1]: a is the default host already',
  ],
  [{ lab: { mof: '#pragma namespace("//srv07/root/lab")' } }, "'//srv07/root/lab' is not a namespace of this server"],
])('hosts that cannot be together are refused before anything is started: %o', async (options, message) => {
  await expect(startEndpoint(options)).rejects.toThrow(message);
});

it('when one cannot listen, none does', async () => {
  const port = await takenPort();
  const lines: string[] = [];
  const logger = {
    ...{ debug: () => undefined, info: () => undefined, warn: () => undefined },
    error: (_facts: object, message: string) => void lines.push(message),
  };
  const starting = startEndpoint({ lab, users, logger, hosts: [{ name: 'srv02', port }] });
  await expect(starting).rejects.toThrow(String(port));
  expect(lines).toEqual([]);
});

it('may be declared by whoever starts the endpoint, with accounts and labs of their own', async () => {
  const endpoint = await startEndpoint({
    users,
    namespace: 'root/lab',
    lab: { mof: 'Qualifier Key : boolean = false, Scope(any);\nclass LAB_A { [Key] string Name; };' },
    hosts: [
      { name: 'one.example', lab: { mof: 'instance of LAB_A { Name = "of one"; };' } },
      {
        name: 'two.example',
        users: [{ name: 'bob', password: 'secret' }],
        lab: { mof: 'instance of LAB_A { Name = "of two"; };' },
      },
    ],
  });
  onTestFinished(() => endpoint.close());
  const names = async (host: string) =>
    (await endpoint.hosts.get(host).cim.find('SELECT * FROM LAB_A')).map((one) => one.get('Name'));
  expect([await names('one'), await names('two')]).toEqual([['of one'], ['of two']]);
  expect(Array.from(endpoint.hosts, ({ account }) => account.name)).toEqual(['ci', 'bob']);
  expect(endpoint.hosts.get('one').http?.url).toBe(endpoint.http.url);
});

it('lie in the one state, and are there again after a restart', async () => {
  const state = mkdtempSync(join(tmpdir(), 'cimulator-hosts-'));
  onTestFinished(() => rmSync(state, { recursive: true }));
  const start = () => startEndpoint({ lab, users, state, namespace: 'root/lab' });
  const first = await start();
  await first.hosts.get('srv02').cim.change('LAB_Service.Name="Spooler"', { State: 'Paused' });
  await first.close();
  const again = await start();
  onTestFinished(() => again.close());
  const stateOf = async (host: string) =>
    (await again.hosts.get(host).cim.get('LAB_Service.Name="Spooler"')).get('State');
  expect([again.state.wasFound, await stateOf('srv01'), await stateOf('srv02')]).toEqual([true, 'Running', 'Paused']);
  await again.hosts.get('srv02').reset();
  expect(await stateOf('srv02')).toBe('Stopped');
});

it('are told apart by log lines, metrics and the control API', async () => {
  const said: object[] = [];
  const logger = {
    ...{ debug: () => undefined, warn: () => undefined, error: () => undefined },
    info: (facts: object) => void said.push(facts),
  };
  const endpoint = await startEndpoint({ lab, users, logger, namespace: 'root/lab', metrics: true, control: {} });
  onTestFinished(() => endpoint.close());
  const { url = '', token = '' } = endpoint.control ?? {};
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
  };
  const { hosts } = (await ask('/v1')).json;
  expect(hosts.map(({ name, http }: { name: string; http: string }) => [name, http])).toEqual(
    Array.from(endpoint.hosts, ({ name, http }) => [name, http?.url]),
  );
  await fetch(endpoint.hosts.get('srv02').http?.url ?? '', {
    method: 'POST',
    body: '<x/>',
    headers: {
      'content-type': 'application/soap+xml;charset=UTF-8',
      authorization: `Basic ${Buffer.from('ci:secret').toString('base64')}`,
    },
  });
  expect((await ask('/v1/requests?host=iscsi-b')).json).toMatchObject({
    matched: 1,
    requests: [{ host: 'srv02.lab.example' }],
  });
  expect((await ask('/v1/requests?host=srv01')).json.matched).toBe(0);
  expect(await ask('/v1/requests?host=srv1')).toMatchObject({ status: 400, json: { error: { nearest: 'srv01' } } });
  expect(await endpoint.metrics()).toMatch(/cimulator_requests_total\{[^}]*host="srv02.lab.example"[^}]*\} 1/);
  expect(said).toContainEqual(expect.objectContaining({ host: 'srv02.lab.example' }));
  await endpoint.hosts.get('srv03').cim.create('LAB_Service', { Name: 'new' });
  expect((await ask('/v1/reset?host=srv03', { method: 'POST' })).status).toBe(204);
  expect(await endpoint.hosts.get('srv03').cim.find('SELECT * FROM LAB_Service')).toHaveLength(1);
});

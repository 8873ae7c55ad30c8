import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HostEndpoint } from '../../../src/endpoint/hosts/hosts.js';
import { createClient, type HttpEndpoint, startEndpoint } from '../../../src/index.js';
import { labWithHosts, users } from './lab-with-hosts.js';

let endpoint: HttpEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint({ lab: { mof: labWithHosts }, users, namespace: 'root/lab' });
});
afterAll(() => endpoint.close());
beforeEach(async () => {
  await endpoint.reset();
});

const client = (host: Pick<HostEndpoint, 'http'>) =>
  createClient({ url: host.http?.url ?? '', user: 'ci', password: 'secret' });
const names = async (host: HostEndpoint) =>
  (await host.cim.find('SELECT * FROM LAB_Service')).map((one) => `${one.get('Name')} ${one.get('State')}`).sort();

describe('hosts', () => {
  it('are found by name, short name and alias, in any case of the letters', () => {
    const { hosts } = endpoint;
    expect([...hosts].map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['srv01.lab.example', true],
      ['srv02.lab.example', false],
      ['srv03.lab.example', false],
    ]);
    for (const name of ['SRV02', 'srv02.LAB.example', 'iscsi-b', 'ISCSI-B.lab.example'])
      expect(hosts.get(name).name).toBe('srv02.lab.example');
    expect(hosts.has('srv09')).toBe(false);
    expect(() => hosts.get('srv2')).toThrow("there is no host 'srv2': did you mean 'srv02'?");
  });

  it('listen each on a port of its own, the default one where the endpoint does', () => {
    const urls = Array.from(endpoint.hosts, ({ http }) => http?.url);
    expect(new Set(urls).size).toBe(3);
    expect(urls[0]).toBe(endpoint.http.url);
  });

  it('have each what is said of all and of them', async () => {
    expect(await names(endpoint.hosts.get('srv01'))).toEqual(['Print Stopped', 'Spooler Running', 'WinRM Running']);
    expect(await names(endpoint.hosts.get('srv02'))).toEqual(['Spooler Stopped', 'WinRM Running']);
    expect(await names(endpoint.hosts.get('srv03'))).toEqual(['WinRM Running']);
  });

  it('have together what the lab gives for none of them', async () => {
    await endpoint.hosts
      .get('srv02')
      .cim.create('LAB_Pipe', { Name: 'second' })
      .catch(() => undefined);
    await endpoint.hosts.get('srv02').cim.put({
      ...(await endpoint.hosts.get('srv02').cim.get('root/shared:LAB_Pipe.Name="first"')).with({ From: 'srv02' }),
    });
    expect((await endpoint.hosts.get('srv03').cim.get('root/shared:LAB_Pipe.Name="first"')).get('From')).toBe('srv02');
  });

  it('answer over the wire with what is theirs, associations among it', async () => {
    const first = client(endpoint.hosts.get('srv01'));
    const second = client(endpoint.hosts.get('srv02'));
    try {
      const path = 'root/lab:LAB_Service.Name="Spooler"';
      const states = [];
      for (const one of [first, second]) {
        const found = [];
        for await (const instance of one.enumerate('LAB_Service', { namespace: 'root/lab' })) found.push(instance);
        states.push(found.length);
      }
      expect(states).toEqual([3, 2]);
      expect((await endpoint.hosts.get('srv01').cim.associators(path)).map((one) => one.get('Name'))).toEqual([
        'Print',
      ]);
      expect(await endpoint.hosts.get('srv02').cim.associators(path)).toEqual([]);
    } finally {
      await Promise.all([first.close(), second.close()]);
    }
  });
});

describe('the endpoint', () => {
  it('tells which host was asked, and finds what one was asked', async () => {
    const one = client(endpoint.hosts.get('srv02'));
    await one.identify();
    await one.close();
    expect(endpoint.requests().map(({ host }) => host)).toEqual(['srv02.lab.example']);
    expect(endpoint.requests({ host: 'iscsi-b' })).toHaveLength(1);
    expect(endpoint.requests({ host: 'srv01' })).toEqual([]);
    expect(endpoint.hosts.get('srv02').requests()).toHaveLength(1);
    expect(endpoint.hosts.get('srv01').requests()).toEqual([]);
    expect(() => endpoint.requests({ host: 'srv9' })).toThrow("host: there is no host 'srv9'");
  });

  it('resets all hosts, and a host itself alone', async () => {
    const [first, second] = [endpoint.hosts.get('srv01'), endpoint.hosts.get('srv02')];
    for (const host of [first, second]) await host.cim.create('LAB_Service', { Name: 'new' });
    await second.reset();
    expect([(await names(first)).length, (await names(second)).length]).toEqual([4, 2]);
    await second.cim.create('LAB_Service', { Name: 'new' });
    await endpoint.reset();
    expect([(await names(first)).length, (await names(second)).length]).toEqual([3, 2]);
  });

  it('goes back to a snapshot with all hosts, and a host with its own', async () => {
    const [first, second] = [endpoint.hosts.get('srv01'), endpoint.hosts.get('srv02')];
    await second.cim.create('LAB_Service', { Name: 'kept' });
    const [all, own] = [JSON.parse(JSON.stringify(await endpoint.snapshot())), await second.snapshot()];
    for (const host of [first, second]) await host.cim.delete('LAB_Service.Name="WinRM"');
    await second.restore(own);
    expect([(await names(first)).length, (await names(second)).length]).toEqual([2, 3]);
    await endpoint.reset();
    await endpoint.restore(all);
    expect([(await names(first)).length, (await names(second)).length]).toEqual([3, 3]);
  });

  it('seeds the default host, a host itself, and whichever the text names', async () => {
    const [first, second, third] = [...endpoint.hosts];
    await endpoint.seed([{ mof: 'instance of LAB_Service { Name = "a"; };' }]);
    await second?.seed([{ mof: 'instance of LAB_Service { Name = "b"; };' }]);
    await second?.seed([{ mof: '#pragma namespace("//srv03/root/lab")\ninstance of LAB_Service { Name = "c"; };' }]);
    const added = async (host = first) => (await names(host as HostEndpoint)).filter((name) => /^[abc] /.test(name));
    expect([await added(first), await added(second), await added(third)]).toEqual([['a null'], ['b null'], ['c null']]);
    await expect(endpoint.seed([{ mof: '#pragma host("srv09")' }])).rejects.toThrow('host srv09 is new');
  });

  it('has rules for one host, and a host its own', async () => {
    const [first, second] = [endpoint.hosts.get('srv01'), endpoint.hosts.get('srv02')];
    endpoint.addRule({ when: { host: 'srv02', operation: 'Identify' }, then: { http: 503 } });
    const rule = first.addRule({ when: { operation: 'Identify', times: 1 }, then: { http: 503 } });
    expect([first.rules().length, second.rules().length, endpoint.rules().length]).toEqual([1, 1, 2]);
    expect(rule.when.host).toBe('srv01.lab.example');
    const ask = async (host: HostEndpoint) => {
      const one = client(host);
      return one.identify().then(
        () => one.close().then(() => 'answered'),
        () => one.close().then(() => 'failed'),
      );
    };
    expect([await ask(first), await ask(first), await ask(second), await ask(endpoint.hosts.get('srv03'))]).toEqual([
      'failed',
      'answered',
      'failed',
      'answered',
    ]);
    await second.reset();
    expect(endpoint.rules()).toEqual([rule]);
    expect(() => first.addRule({ when: { host: 'srv02' }, then: { delay: 1 } })).toThrow(
      "'srv02' is not srv01.lab.example",
    );
    expect(() => endpoint.addRule({ when: { host: 'srv09' }, then: { delay: 1 } })).toThrow(
      "when.host: there is no host 'srv09'",
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NameMap } from '../../../src/cim/model/name-map.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { PingCode } from '../../../src/windows/reachability/reach.js';

const CIMV2 = 'root/cimv2';
const logger = { debug() {}, info() {}, warn() {}, error() {} };

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ port: 0, logger, rebootSeconds: 600 });
});

afterAll(() => endpoint.close());

async function code(from: string, address: string) {
  const [ping] = await endpoint.hosts
    .get(from)
    .cim.find(`SELECT * FROM Win32_PingStatus WHERE Address='${address}'`, CIMV2);
  return ping?.get('StatusCode');
}

async function call(host: string, method: string, className: string) {
  const { broker, cim } = endpoint.hosts.get(host);
  const [target] = await cim.find(`SELECT * FROM ${className}`, CIMV2);
  if (!target?.path) throw new Error(`there is no ${className}`);
  return broker.invokeMethod({ namespace: CIMV2, target: target.path, methodName: method, input: new NameMap() });
}

describe('computers of a lab', () => {
  it('reach each other by name and address, whoever asks', async () => {
    for (const [from, to] of [
      ['srv01', 'srv02'],
      ['srv02', 'srv01'],
      ['srv01', 'iscsi-b.lab.example'],
      ['srv02', '192.0.2.11'],
      ['srv01', 'SRV01'],
    ] as const)
      expect([from, to, await code(from, to)]).toEqual([from, to, PingCode.success]);
  });

  it('do not reach one that restarts, until it runs again', async () => {
    await call('srv02', 'Reboot', 'Win32_OperatingSystem');
    await expect.poll(() => code('srv01', 'srv02')).toBe(PingCode.timedOut);
    expect(await code('srv01', '192.0.2.12')).toBe(PingCode.timedOut);
    await endpoint.hosts.get('srv02').start();
    expect(await code('srv01', 'srv02')).toBe(PingCode.success);
  });

  it('are no lab’s when there is one computer: it reaches itself', async () => {
    const single = await startEndpoint({ port: 0, logger, lab: 'workstation' });
    const [own] = await single.hosts.get('ws01').cim.find("SELECT * FROM Win32_PingStatus WHERE Address='ws01'", CIMV2);
    const [other] = await single.hosts
      .get('ws01')
      .cim.find("SELECT * FROM Win32_PingStatus WHERE Address='srv01'", CIMV2);
    expect([own?.get('StatusCode'), other?.get('StatusCode')]).toEqual([PingCode.success, null]);
    await single.close();
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.js';
import { IDENTIFY } from '../cli/use-serve.js';
import { windowsFilledOnce } from './windows-filled-once.js';
import { useWorkers } from './workers-server.js';

const server = useWorkers('--log-level', 'info', '--metrics');
const { post, control } = server;

const NAMESPACES =
  'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" ' +
  'xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"';
const CLASS = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/storage/iScsiTarget/MSFTSM_ComputerSystem';

function envelope(action: 'Enumerate' | 'Pull', body: string): string {
  return (
    `<s:Envelope ${NAMESPACES}><s:Header><a:To>x</a:To><w:ResourceURI s:mustUnderstand="true">${CLASS}</w:ResourceURI>` +
    '<a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>' +
    `<a:Action s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/09/enumeration/${action}</a:Action>` +
    `<a:MessageID>uuid:${crypto.randomUUID()}</a:MessageID></s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}

const SERVICE = CLASS.replace('MSFTSM_ComputerSystem', 'MSISCSITARGET_StorageConfigurationService');
const KEYS = {
  SystemCreationClassName: 'MSFTSM_ComputerSystem',
  SystemName: 'iscsi-a.lab.example',
  CreationClassName: 'MSISCSITARGET_StorageConfigurationService',
  Name: 'StorageConfigurationService',
};
const SELECTORS = Object.entries(KEYS).map(([name, value]) => `<w:Selector Name="${name}">${value}</w:Selector>`);
const START_SERVICE = envelope('Pull', `<p:StartService_INPUT xmlns:p="${SERVICE}"/>`)
  .replace('http://schemas.xmlsoap.org/ws/2004/09/enumeration/Pull', `${SERVICE}/StartService`)
  .replace(
    `${CLASS}</w:ResourceURI>`,
    `${SERVICE}</w:ResourceURI><w:SelectorSet>${SELECTORS.join('')}</w:SelectorSet>`,
  );

const contextIn = (text: string) => /<\w+:EnumerationContext[^>]*>([^<]+)</.exec(text)?.[1] ?? '';

interface Seen {
  readonly id: string;
  readonly number: number;
  readonly operation: string;
}
/** Ids of calls begin with what is the process's own. */
const processOf = ({ id }: Seen) => id.split('-')[0];
const requests = async (query = '') => (await control('GET', `/v1/requests${query}`)).json.requests as Seen[];
const workers = async () =>
  (await control('GET', '/v1')).json.workers as { number: number; pid?: number; state: string; restarts: number }[];

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}

describe('cimulator serve --workers 2', () => {
  it('serves with both, and the control API has what came to either, in its order', async () => {
    for (let each = 0; each < 4; each++) expect((await post(IDENTIFY)).status).toBe(200);
    const seen = await requests();
    expect(seen.map(({ number, operation }) => [number, operation])).toEqual([1, 2, 3, 4].map((n) => [n, 'Identify']));
    expect(new Set(seen.map(processOf)).size).toBe(2);
  });

  it('goes on with an enumeration on a connection of the other one', async () => {
    await control('DELETE', '/v1/requests');
    const begun = await post(envelope('Enumerate', '<n:Enumerate/>'));
    const body = `<n:Pull><n:EnumerationContext>${contextIn(begun.text)}</n:EnumerationContext></n:Pull>`;
    const pulled = await post(envelope('Pull', body));
    expect([begun.status, pulled.status]).toEqual([200, 200]);
    expect(pulled.text).toContain('iscsi-a.lab.example');
    const [one, other] = await requests();
    expect(one && other && processOf(one) !== processOf(other)).toBe(true);
  });

  it('counts for a rule over both, and has it in both', async () => {
    const { json: rule } = await control('POST', '/v1/rules', {
      when: { operation: 'Identify', nth: 2 },
      then: { http: 503 },
    });
    const statuses = [];
    for (let each = 0; each < 4; each++) statuses.push((await post(IDENTIFY)).status);
    expect(statuses).toEqual([200, 503, 200, 200]);
    expect((await control('GET', `/v1/rules/${rule.id}`)).json).toMatchObject({ matched: 4, fired: 1 });
  });

  it('adds up what both have matched for a rule that does not count', async () => {
    const { json: rule } = await control('POST', '/v1/rules', {
      when: { operation: 'Identify' },
      then: { http: 503 },
    });
    expect([(await post(IDENTIFY)).status, (await post(IDENTIFY)).status]).toEqual([503, 503]);
    expect((await control('GET', `/v1/rules/${rule.id}`)).json).toMatchObject({ matched: 2, fired: 2 });
    await post(IDENTIFY);
    expect((await control('GET', `/v1/rules/${rule.id}`)).json).toMatchObject({ matched: 3, fired: 3 });
    expect((await control('DELETE', `/v1/rules/${rule.id}`)).status).toBe(204);
  });

  it('waits for requests, whichever of them they come to', async () => {
    await control('DELETE', '/v1/requests');
    const waited = control('POST', '/v1/requests/wait', {
      filter: { operation: 'Identify' },
      count: 2,
      timeout: 10_000,
    });
    await post(IDENTIFY);
    await post(IDENTIFY);
    expect((await waited).json.request.operation).toBe('Identify');
  });

  it('has a method answered from outside, whichever of them is called', async () => {
    const stream = await server.events('/v1/calls/stream');
    const hello = await stream.next('hello');
    const method = { class: 'MSISCSITARGET_StorageConfigurationService', method: 'StartService' };
    expect((await control('POST', '/v1/methods', { stream: hello.stream, ...method })).status).toBe(201);
    await control('DELETE', '/v1/requests');
    for (const returnValue of [41, 42]) {
      const called = post(START_SERVICE);
      const { id } = await stream.next('call');
      expect((await control('POST', `/v1/calls/${id}`, { returnValue })).status).toBe(204);
      expect((await called).text).toContain(`ReturnValue>${returnValue}<`);
    }
    expect(new Set((await requests()).map(processOf)).size).toBe(2);
    stream.end();
    await until(async () => (await control('GET', '/v1/methods')).json.methods.length === 0);
  });

  it('fills a namespace of Windows once, whichever is asked, and takes it back', async () => {
    await windowsFilledOnce(server);
  }, 30_000);

  it('goes back as one: model, contexts, rules, records', async () => {
    const begun = await post(envelope('Enumerate', '<n:Enumerate/>'));
    expect((await control('POST', '/v1/reset')).status).toBeLessThan(300);
    expect([await requests(), (await control('GET', '/v1/rules')).json.rules]).toEqual([[], []]);
    const body = `<n:Pull><n:EnumerationContext>${contextIn(begun.text)}</n:EnumerationContext></n:Pull>`;
    const pulled = [await post(envelope('Pull', body)), await post(envelope('Pull', body))];
    expect(pulled.map(({ text }) => /InvalidEnumerationContext/.test(text))).toEqual([true, true]);
  });

  it('sums what they have counted', async () => {
    const { text } = await control('GET', '/metrics');
    expect(text).toMatch(/^cimulator_workers\{state="ready"\} 2$/m);
    const { matched } = (await control('GET', '/v1/requests?limit=1')).json;
    const before = Number(/cimulator_requests_total\{operation="Identify".*\} (\d+)/.exec(text)?.[1]);
    await post(IDENTIFY);
    await post(IDENTIFY);
    const after = (await control('GET', '/metrics')).text;
    expect(Number(/cimulator_requests_total\{operation="Identify".*\} (\d+)/.exec(after)?.[1])).toBe(before + 2);
    expect((await control('GET', '/v1/requests?limit=1')).json.matched).toBe(matched + 2);
  });

  it('has what one kept that was told to end, and counts on', async () => {
    await control('DELETE', '/v1/requests');
    await post(IDENTIFY);
    await post(IDENTIFY);
    const [, second] = await workers();
    process.kill(second?.pid as number, 'SIGTERM');
    await until(async () => (await workers())[1]?.restarts === 1);
    const seen = await requests();
    expect(new Set(seen.map(processOf)).size).toBe(2);
    expect(seen.map(({ number }) => number - (seen[0]?.number ?? 0))).toEqual([0, 1]);
    await until(async () => (await workers())[1]?.state === 'ready');
  }, 30_000);

  it('follows what comes to both, as it comes', async () => {
    const stream = await server.events('/v1/requests/stream');
    await post(IDENTIFY);
    const first = await stream.next('exchange');
    await post(IDENTIFY);
    const second = await stream.next('exchange');
    expect(second.number).toBe(first.number + 1);
    expect(processOf(second)).not.toBe(processOf(first));
    stream.end();
  });

  it('fills the place of one that was killed, and serves meanwhile', async () => {
    const [first] = await workers();
    process.kill(first?.pid as number, 'SIGKILL');
    await until(async () => (await workers())[0]?.restarts === 1);
    expect((await post(IDENTIFY)).status).toBe(200);
    await until(async () => (await workers())[0]?.state === 'ready');
    expect((await workers())[0]?.pid).not.toBe(first?.pid);
    expect((await fetch(new URL('/readyz', server.url()))).status).toBe(200);
  }, 30_000);

  it('ends with all of them, and its log has whole lines that say whose they are', async () => {
    server.cli().process.kill('SIGTERM');
    const { code, stderr } = await server.cli().result;
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(new Set(lines.filter(({ msg }) => msg === 'wsman').map(({ worker }) => worker))).toEqual(new Set([1, 2]));
    await expect(fetch(server.url())).rejects.toThrow();
  });
});

describe('cimulator serve --workers 2 --state none', () => {
  it('is refused with the reason', async () => {
    const { code, stderr } = await runCli(['serve', '--workers', '2', '--state', 'none', '--user', 'alice:secret'], {
      ...{ CIMULATOR_PORT: '0', CIMULATOR_HTTPS_PORT: 'off', CIMULATOR_DATA_DIR: 'none' },
    });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^cimulator: [^\n]*none to share[^\n]*--state[^\n]*\n$/)]);
  });
});

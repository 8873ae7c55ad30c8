import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/client/create-client.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { METHOD, request, SERVICE_CLASS } from '../../support/envelopes.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';

const running = runEndpoint({ metrics: true });

/** The value of a row; undefined when there is none. */
async function value(row: string): Promise<number | undefined> {
  const line = (await running.endpoint.metrics()).split('\n').find((one) => one.startsWith(`${row} `));
  return line === undefined ? undefined : Number(line.slice(row.length + 1));
}

describe('metrics()', () => {
  it('counts messages by what they asked for and how they ended', async () => {
    await running.post(request());
    await running.post(request());
    await running.post('<a');
    const row = `cimulator_requests_total{operation="Invoke",class="${SERVICE_CLASS}",method="${METHOD}",outcome="answered",host="srv01.lab.example"}`;
    expect(await value(row)).toBe(2);
    expect(await value('cimulator_request_duration_seconds_count{operation="Invoke"}')).toBe(2);
    expect(await running.endpoint.metrics()).toMatch(/^cimulator_faults_total\{fault="\w+"\} 1$/m);
  });

  it('counts what never arrived as lost', async () => {
    const { id } = running.endpoint.addRule({
      when: { method: METHOD },
      then: { carryOut: true, connection: 'reset' },
    });
    await running.post(request()).catch(() => undefined);
    running.endpoint.removeRule(id);
    const row = `cimulator_requests_total{operation="Invoke",class="${SERVICE_CLASS}",method="${METHOD}",outcome="lost",host="srv01.lab.example"}`;
    expect(await value(row)).toBe(1);
  });

  it('counts names that the schema does not know together', async () => {
    for (const name of ['One', 'Two', 'Three'])
      await running.post(
        request({ resourceUri: `http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/LAB_${name}`, body: '' }),
      );
    const text = await running.endpoint.metrics();
    expect(text).not.toMatch(/LAB_|Three/);
    expect(
      await value(
        'cimulator_requests_total{operation="Invoke",class="other",method="other",outcome="fault",host="srv01.lab.example"}',
      ),
    ).toBe(3);
  });

  it('counts who signed in and who did not, and connections', async () => {
    const before = (await value('cimulator_authentications_total{result="authenticated",scheme="basic"}')) ?? 0;
    await running.post(request());
    await running.post(request(), { headers: { authorization: 'Basic eDp5' } });
    const anonymous = createClient({ url: running.url, user: USER, password: PASSWORD });
    await anonymous.identify();
    expect(await value('cimulator_authentications_total{result="authenticated",scheme="basic"}')).toBeGreaterThan(
      before,
    );
    expect(await value('cimulator_authentications_total{result="refused",scheme="basic"}')).toBe(1);
    expect(await value('cimulator_connections_opened_total{tls="false"}')).toBeGreaterThan(0);
    expect(await value('cimulator_connections{tls="false"}')).toBeGreaterThan(0);
    expect(await value('cimulator_enumerations')).toBe(0);
    expect(await value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  });

  it('is for those who asked for it', async () => {
    await using endpoint = await startEndpoint({ users: [{ name: 'ci', password: 'secret' }] });
    await expect(endpoint.metrics()).rejects.toThrow('the option metrics is not set');
  });
});

it('diagnostics channels tell of connections, of who signs in and of exchanges', async () => {
  const names = ['cimulator:connection:open', 'cimulator:authentication', 'cimulator:exchange'] as const;
  const heard = new Map<unknown, object>();
  const listen = (message: unknown, name: unknown): void => void heard.set(name, message as object);
  for (const name of names) subscribe(name, listen);
  try {
    await using endpoint = await startEndpoint({ users: [{ name: 'ci', password: 'secret' }] });
    await createClient({ url: endpoint.http.url, user: 'ci', password: 'secret' }).identify();
    expect(heard.get(names[0])).toEqual({ peer: '127.0.0.1', port: endpoint.http.port, tls: false });
    expect(heard.get(names[1])).toMatchObject({ result: 'authenticated', user: 'ci', tls: false });
    expect(heard.get(names[2])).toMatchObject({ user: 'ci', operation: 'Identify', status: 200 });
  } finally {
    for (const name of names) unsubscribe(name, listen);
  }
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import type { ClientValue } from '../../../src/client/client-value.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { isReached, type TableValues } from '../../../src/windows/method-table.js';
import { methodTables } from '../../../src/windows/method-tables.js';

const HOUR = 3_600_000;

/** Those of the tables that need nothing but calls before them, of which some methods are enough. */
const WALKED = ['StartService', 'StopService', 'Create', 'Terminate', 'Rename', 'Win32Shutdown'];
const rows = methodTables
  .filter(({ method }) => WALKED.includes(method))
  .flatMap((table) => table.codes.filter(isReached).map((row) => ({ table, row })))
  .filter(({ row }) => (row.given ?? []).every((step) => 'call' in step))
  .map(({ table, row }) => [`${table.className}.${table.method}`, row.code, row.when, table, row] as const);

describe('root/cimv2 of the default lab, over HTTP', () => {
  let endpoint: Endpoint;
  let client: WsmanClient;
  let now = Date.UTC(2026, 10, 30, 8);
  beforeAll(async () => {
    endpoint = await startEndpoint({ users: [{ name: 'lab', password: 'secret' }], clock: () => now });
    const url = endpoint.http?.url ?? '';
    client = createClient({ url, user: 'lab', password: 'secret', auth: 'basic', namespace: 'root/cimv2' });
  });
  afterAll(async () => {
    await client.close();
    await endpoint.close();
  });

  // No table holds a class, which is the only value that a client does not take.
  const invoke = (method: string, on: string, input: TableValues = {}) => {
    const path = parseInstancePath(on);
    const target = path.namespace === undefined ? path.inNamespace('root/cimv2') : path;
    return client.invoke(target, method, input as Readonly<Record<string, ClientValue>>);
  };

  it.each(rows)('%s answers %i when %s', async (_name, code, _when, table, row) => {
    await endpoint.reset();
    for (const step of row.given ?? [])
      if ('call' in step) await invoke(step.call.method, step.call.on, step.call.input);
    expect((await invoke(table.method, row.on ?? table.on, row.input)).returnValue).toBe(code);
  });

  it('has a clock, by which the machine was started 26 hours before, and queries see it', async () => {
    await endpoint.reset();
    const wql = "SELECT * FROM Win32_OperatingSystem WHERE LocalDateTime > '20261130080000.000000+000'";
    const ask = async () => {
      const found: (readonly string[])[] = [];
      for await (const one of client.query(wql))
        found.push([String(one.get('LocalDateTime')), String(one.get('LastBootUpTime'))]);
      return found;
    };
    expect(await ask()).toEqual([]);
    now += HOUR;
    expect(await ask()).toEqual([['20261130090000.000000+000', '20261129060000.000000+000']]);
  });

  it('keeps what it knows besides in a snapshot', async () => {
    await endpoint.reset();
    await invoke('Delete', 'Win32_Service.Name="Spooler"');
    const snapshot = await endpoint.snapshot();
    await endpoint.reset();
    expect((await invoke('StopService', 'Win32_Service.Name="Spooler"')).returnValue).toBe(0);
    await endpoint.restore(snapshot);
    expect((await invoke('StartService', 'Win32_Service.Name="Spooler"')).returnValue).toBe(16);
  });
});

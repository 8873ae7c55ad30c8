import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../../../src/cim/contracts/state.js';
import { type HttpEndpoint, startEndpoint, type WsmanClient } from '../../../src/index.js';
import { openPostgresState } from '../../../src/store/postgres/open-postgres-state.js';
import { sharedPostgres } from '../../store/postgres/shared-postgres.js';
import { password } from '../../store/postgres/start-postgres.js';
import { startWireProxy, type WireProxy } from '../../store/postgres/wire-proxy.js';
import { account, clientOf, makePipe } from './lab-client.js';

const postgres = await sharedPostgres();
/** Milliseconds after which a call is given up. */
const BOUND = 2_000;

describe.skipIf(!postgres)('an endpoint whose database is lost in the middle of a method', () => {
  let proxy: WireProxy;
  let state: State;
  let endpoint: HttpEndpoint;
  let client: WsmanClient;
  const logged: string[] = [];
  beforeAll(async () => {
    proxy = await startWireProxy(postgres?.port ?? 0);
    const text = (_: string, value: unknown) => (value instanceof Error ? `${value.stack}` : value);
    const log = (...line: unknown[]) => void logged.push(JSON.stringify(line, text));
    const logger = { debug: log, info: log, warn: log, error: log } as never;
    state = await openPostgresState({ url: postgres?.url({}, proxy.port) ?? '', bound: BOUND, logger });
    endpoint = (await startEndpoint({ users: [account], state, logger, control: {} })) as HttpEndpoint;
    client = clientOf(endpoint.http.url);
    await makePipe(client, 'first');
  }, 60_000);
  afterAll(async () => {
    proxy?.accept();
    await client?.close();
    await endpoint?.close();
    await state?.close();
    proxy?.close();
  });

  const pipes = async () =>
    (await endpoint.cim.find('SELECT * FROM CIM_NetworkPipe')).map((one) => one.get('ElementName'));
  const parts = async () => (await endpoint.cim.find('SELECT * FROM MSISCSITARGET_EndpointOfNetworkPipe')).length;

  it('has done it once, when the connection was lost after the commit', async () => {
    proxy.loseAnswerTo('append ');
    await makePipe(client, 'once');
    expect([await pipes(), await parts()]).toEqual([['first', 'once'], 4]);
  });

  it('says why it was not done, and has done nothing of it; and goes on when the database is there again', async () => {
    proxy.pause();
    const calling = makePipe(client, 'lost').catch((error: unknown) => error);
    await expect.poll(() => proxy.held).toBeGreaterThan(0);
    proxy.cut(true);
    proxy.resume();
    expect(await calling).toMatchObject({ name: 'WsmanClientError', subcode: { name: 'EndpointUnavailable' } });
    expect(logged.join('\n')).toMatch(/the database cannot be used: \w+/);
    const { url = '', token = '' } = endpoint.control ?? {};
    const facts = await (await fetch(`${url}/v1`, { headers: { authorization: `Bearer ${token}` } })).text();
    expect(facts).toContain('postgres');
    for (const secret of [password, encodeURIComponent(password)])
      expect([...logged, facts, `${await calling}`].join('\n')).not.toContain(secret);
    proxy.accept();
    await makePipe(client, 'next');
    expect([await pipes(), await parts()]).toEqual([['first', 'once', 'next'], 6]);
  });
});

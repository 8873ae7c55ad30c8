import { describe, expect, it, vi } from 'vitest';
import { onOperation } from '../../../src/cim/contracts/cim-handler.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { createClient } from '../../../src/client/create-client.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { WaitError } from '../../../src/interceptors/record/wait-error.js';
import { METHOD, NAMESPACE, request, SERVICE_CLASS, serviceKeys } from '../../support/envelopes.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';

const service = new InstancePath({ className: SERVICE_CLASS, namespace: NAMESPACE, keys: serviceKeys });
const running = runEndpoint();
const client = () => createClient({ url: running.url, user: USER, password: PASSWORD });

const path = (name: string) =>
  new InstancePath({
    className: 'MSFTSM_ComputerSystem',
    namespace: NAMESPACE,
    keys: { CreationClassName: 'MSFTSM_ComputerSystem', Name: name },
  });

describe('requests()', () => {
  it('has a call with its input, its outputs and what became of it', async () => {
    running.endpoint.clearRequests();
    await running.post(request());
    const [exchange, ...more] = running.endpoint.requests({ method: 'createormodifyreplicationpipe' });
    expect(more).toEqual([]);
    expect(exchange).toMatchObject({
      user: USER,
      peer: expect.stringContaining('127.0.0.1'),
      transport: 'http',
      sealed: false,
      operation: 'Invoke',
      cimOperations: ['InvokeMethod'],
      namespace: NAMESPACE,
      class: SERVICE_CLASS,
      method: METHOD,
      selectors: serviceKeys,
      input: { SourceSystem: { kind: 'path', class: 'MSFTSM_ComputerSystem' } },
      outcome: 'answered',
      status: 200,
      returnValue: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(exchange?.durationMs).toBeGreaterThan(0);
    expect(exchange?.returnLabel).toBeTruthy();
    const { request: sent, response } = exchange?.soap() ?? {};
    expect(sent).toBe(request());
    expect(response).toContain(`${METHOD}_OUTPUT`);
  });

  it('is plain data: it goes through JSON, and members are listed', async () => {
    running.endpoint.clearRequests();
    await running.post(request());
    const [exchange] = running.endpoint.requests();
    const { soap: _soap, ...rest } = exchange ?? {};
    expect(JSON.parse(JSON.stringify(exchange))).toEqual(JSON.parse(JSON.stringify(rest)));
    expect(JSON.parse(JSON.stringify(exchange))).toMatchObject({ method: METHOD, input: {}, selectors: serviceKeys });
  });

  it('has what each operation of a client led to, and counts in the place of instances', async () => {
    running.endpoint.clearRequests();
    await client().identify();
    await client().get(path('iscsi-a.lab.example'));
    const found = [];
    for await (const one of client().enumerate('MSFTSM_ComputerSystem', { namespace: NAMESPACE, maxElements: 1 }))
      found.push(one);
    const seen = running.endpoint.requests();
    expect(seen.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['Identify', 'Get', 'Enumerate']));
    expect(running.endpoint.requests({ operation: 'GetInstance' })).toMatchObject([
      { class: 'MSFTSM_ComputerSystem', selectors: { Name: 'iscsi-a.lab.example' }, instances: 1 },
    ]);
    const counted = seen.reduce((sum, { operation, instances = 0 }) => sum + (operation === 'Get' ? 0 : instances), 0);
    expect(counted).toBe(found.length);
    expect(running.endpoint.requests({ operation: 'OpenInstances', class: 'CIM_ComputerSystem' })).toHaveLength(1);
  });

  it('has queries and associations with what they ask', async () => {
    running.endpoint.clearRequests();
    const query = "SELECT * FROM MSFTSM_ComputerSystem WHERE Name = 'iscsi-a.lab.example'";
    for await (const _ of client().query(query, { namespace: NAMESPACE }));
    for await (const _ of client().associators(path('iscsi-a.lab.example'), { resultClass: 'CIM_Service' }));
    const [asked, associated] = running.endpoint.requests({ operation: 'Enumerate' });
    expect(asked).toMatchObject({ class: 'MSFTSM_ComputerSystem', filter: query });
    expect(associated).toMatchObject({ cimOperations: expect.arrayContaining(['Associators']) });
    expect(associated?.filter).toMatch(/^ASSOCIATORS OF \{.*iscsi-a.*\} WHERE ResultClass=CIM_Service$/);
    expect(running.endpoint.requests({ operation: 'Associators' })).toHaveLength(1);
  });

  it('has what could not be read, and faults with their reasons', async () => {
    running.endpoint.clearRequests();
    await running.post('<this is no <message');
    await running.post(request({ selectors: { __cimnamespace: 'root/nowhere' } }));
    await client()
      .invoke(service, 'NoSuchMethod', {})
      .catch(() => undefined);
    const [unreadable, nowhere, unknown] = running.endpoint.requests({ outcome: 'fault' });
    expect(unreadable).toMatchObject({ status: 500, reason: expect.stringContaining('well-formed') });
    expect(unreadable).toMatchObject({ operation: undefined, input: undefined, class: undefined });
    expect(unreadable?.soap().request).toBe('<this ***');
    expect(nowhere).toMatchObject({ operation: 'Invoke', method: METHOD, reason: expect.stringContaining('nowhere') });
    expect(unknown).toMatchObject({ method: 'NoSuchMethod', cimOperations: [], class: SERVICE_CLASS });
  });

  it('reads UTF-16 and shows text', async () => {
    running.endpoint.clearRequests();
    const body = Buffer.from(`\ufeff${request()}`, 'utf16le');
    await running.post(body, { headers: { 'content-type': 'application/soap+xml;charset=UTF-16' } });
    const [exchange] = running.endpoint.requests();
    expect(exchange).toMatchObject({ method: METHOD, outcome: 'answered' });
    expect(exchange?.soap().response).toContain(`${METHOD}_OUTPUT`);
  });

  it('refuses a filter that can match nothing, with the nearest name', () => {
    expect(() => running.endpoint.requests({ operation: 'Invok' })).toThrow("did you mean 'Invoke'?");
    expect(() => running.endpoint.requests({ metod: 'A' } as object)).toThrow("unknown option 'metod': did you mean");
  });
});

describe('secrets in requests', () => {
  const secret = 'hunter2-hunter2';
  const body = `<p:${METHOD}_INPUT xmlns:p="x"><p:SharedSecret>${secret}</p:SharedSecret></p:${METHOD}_INPUT>`;

  it('are masked in values, texts and reasons', async () => {
    running.endpoint.clearRequests();
    await running.post(request({ body }));
    const [exchange] = running.endpoint.requests();
    expect(exchange?.outcome).toBe('fault');
    expect(exchange?.input).toEqual({ SharedSecret: '***' });
    expect(exchange?.soap().request).toContain('<p:SharedSecret>***</p:SharedSecret>');
    expect(JSON.stringify([exchange, exchange?.soap()])).not.toContain(secret);
  });

  it('are shown where they are to be revealed, and more may be named', async () => {
    const user = { name: USER, password: PASSWORD };
    await using plain = await startEndpoint({ users: [user], revealSecrets: true });
    await using strict = await startEndpoint({ users: [user], secrets: ['PipeElementName'] });
    for (const endpoint of [plain, strict]) {
      const post = createClient({ url: endpoint.http.url, user: USER, password: PASSWORD });
      await post.invoke(service, METHOD, { PipeElementName: 'shown', SharedSecret: secret }).catch(() => undefined);
    }
    expect(plain.requests()[0]?.input).toEqual({ PipeElementName: 'shown', SharedSecret: secret });
    expect(strict.requests()[0]?.input).toEqual({ PipeElementName: '***', SharedSecret: '***' });
  });
});

describe('waiting', () => {
  it('ends with what comes, or came already', async () => {
    running.endpoint.clearRequests();
    const waiting = running.endpoint.waitForRequest({ operation: 'Identify' });
    await client().identify();
    expect(await waiting).toMatchObject({ operation: 'Identify' });
    expect(await running.endpoint.waitForRequest({ operation: 'Identify' })).toMatchObject({ operation: 'Identify' });
    const second = running.endpoint.waitForRequest({ operation: 'Identify' }, { count: 2 });
    await client().identify();
    expect((await second).number).toBe((await waiting).number + 1);
  });

  it('that is in vain tells what came and how near it was', async () => {
    running.endpoint.clearRequests();
    await client()
      .invoke(service, METHOD, { PipeElementName: 'first' })
      .catch(() => undefined);
    await client().identify();
    const wanted = { method: METHOD, input: { PipeElementName: 'second' } };
    const error = await running.endpoint.waitForRequest(wanted, { timeout: 10 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WaitError);
    expect(String(error)).toMatch(
      /^WaitError: No request matched .*"second".* within 10 ms\. 2 came\.\nThe nearest:\n {2}#\d+ Invoke MSISCSITARGET_.*"first"/,
    );
    expect(String(error)).toContain('input.PipeElementName: "first" where "second" is wanted');
  });

  it('ends when the endpoint closes', async () => {
    const endpoint = await startEndpoint({ users: [{ name: 'ci', password: 'secret' }] });
    const waiting = endpoint.waitForRequest({ method: 'Never' }).catch((error: unknown) => error);
    await endpoint.close();
    expect(await waiting).toMatchObject({ name: 'WaitError', why: 'closed' });
    await expect(endpoint.waitForRequest({})).rejects.toMatchObject({ name: 'WaitError', why: 'closed' });
  });

  it.each<[object, string]>([
    [{ cout: 2 }, "unknown option 'cout': did you mean 'count'?"],
    [{ count: 0 }, 'count: 0 is not a whole number from 1'],
    [{ timeout: -1 }, 'timeout: -1 is not a whole number from 0 to 2147483647'],
  ])('with terms that are none (%j) is refused', async (terms, message) => {
    await expect(running.endpoint.waitForRequest({}, terms)).rejects.toThrow(message);
  });
});

describe('listening', () => {
  it('wants a function', () => {
    expect(() => running.endpoint.on('exchange', 5 as never)).toThrow('listener: 5 is not a function');
  });

  it('hears of each exchange until it ends, and one that throws harms nobody', async () => {
    const error = vi.fn();
    const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error };
    await using endpoint = await startEndpoint({ users: [{ name: 'ci', password: 'secret' }], logger });
    const ci = createClient({ url: endpoint.http.url, user: 'ci', password: 'secret' });
    const heard: unknown[] = [];
    endpoint.on('exchange', () => {
      throw new Error('mine');
    });
    const end = endpoint.on('exchange', ({ operation }) => heard.push(operation));
    await ci.identify();
    end();
    await ci.identify();
    expect(heard).toEqual(['Identify']);
    expect(error).toHaveBeenCalledTimes(2);
  });
});

it('nothing is kept, and nothing can be waited for, when it is off', async () => {
  await using endpoint = await startEndpoint({ users: [{ name: 'ci', password: 'secret' }], requests: 'off' });
  await createClient({ url: endpoint.http.url, user: 'ci', password: 'secret' }).identify();
  expect(endpoint.requests()).toEqual([]);
  await expect(endpoint.waitForRequest({})).rejects.toThrow("requests is 'off'");
  expect(() => endpoint.on('exchange', () => undefined)).toThrow("requests is 'off'");
});

it('what an interceptor makes of an answer is what is written down', async () => {
  const busy = onOperation('InvokeMethod', async (operation, call, next) => {
    call.explain('busy today');
    return { ...(await next(operation, call)), returnValue: 4096 };
  });
  await using endpoint = await startEndpoint({
    users: [{ name: 'ci', password: 'secret' }],
    interceptors: {
      cim: [busy],
      message: [
        (next) => async (message, call) => ({
          ...(await next(message, call)),
          delivery: { end: { how: 'reset', when: 'before' } },
        }),
      ],
    },
  });
  const ci = createClient({ url: endpoint.http.url, user: 'ci', password: 'secret' });
  await ci.invoke(service, METHOD, {}).catch(() => undefined);
  expect(endpoint.requests()).toMatchObject([
    { returnValue: 4096, outcome: 'lost', reason: expect.stringContaining('busy today') },
  ]);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallRecord } from '../../src/cim/contracts/call.js';
import { Cancellation } from '../../src/cim/contracts/cancellation.js';
import type { MethodContext } from '../../src/cim/contracts/provider.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { createMemoryContextStore } from '../../src/store/memory/memory-context-store.js';
import { createWsmanService } from '../../src/wsman/service.js';
import { createServiceSettings } from '../../src/wsman/service-settings.js';
import type { WsmanService } from '../../src/wsman/wsman-service.js';
import { DMTF, ENUMERATION, NAMESPACE, request } from '../support/envelopes.js';
import { readFault, readTree, textAt } from '../support/read-answer.js';
import { serviceFacts } from '../support/service-facts.js';
import { createTestBroker, system, systemPath } from '../support/test-broker.js';
import { namespace } from '../support/test-schema.js';
import { verifies } from './verifies.js';

const TIMEOUT = 'PT0.1S';

describe('a method that takes its time', () => {
  let service: WsmanService;
  let stopped: Promise<unknown>;
  let read: () => Promise<unknown>;

  beforeAll(async () => {
    let stop: (reason: unknown) => void = () => undefined;
    stopped = new Promise((resolve) => {
      stop = resolve;
    });
    /** Writes at once, then goes on until it is told to stop. */
    async function Run(_input: unknown, context: MethodContext) {
      await context.store.put(system('written', 'TEST_System', { Size: 1n }));
      await new Promise((_, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason as Error));
      }).catch(stop);
      return { ReturnValue: 0 };
    }
    const Make = async () => ({ ReturnValue: 7 });
    const { handler, namespaces, store } = await createTestBroker(
      [system('one')],
      [{ className: 'TEST_System', methods: { Run, Make } }],
    );
    read = () => store.get(systemPath('written'));
    service = createWsmanService({
      handler,
      namespaces,
      contexts: createMemoryContextStore(),
      settings: createServiceSettings(),
      facts: serviceFacts,
      defaultNamespace: namespace,
    });
  });

  const call = async (method: string, selectors: Readonly<Record<string, string>>, operationTimeout = 'PT60S') => {
    const resourceUri = `${DMTF}TEST_System`;
    const message = request({
      resourceUri,
      action: `${resourceUri}/${method}`,
      selectors: { __cimnamespace: namespace, ...selectors },
      operationTimeout,
      body: '',
    });
    const client = new Cancellation();
    const body = Buffer.from(message);
    const { status, body: answer } = await service.handle(
      { body, charset: 'utf-8', securityProfiles: [], source: undefined, client },
      new CallRecord({ user: 'tester' }),
    );
    return { status, text: answer.toString() };
  };

  it(`gets TimedOut when its time is over ${verifies('timeout:expired')}`, async () => {
    const { status, text } = await call('Run', { CreationClassName: 'TEST_System', Name: 'one' }, TIMEOUT);
    expect(status).toBe(500);
    expect(readFault(text)).toMatchObject({
      code: 's:Receiver',
      subcode: 'w:TimedOut',
      windowsCode: '2150858793',
      action: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault',
    });
  });

  it(`is told to stop then, and leaves nothing behind ${verifies('timeout:aborted')}`, async () => {
    await call('Run', { CreationClassName: 'TEST_System', Name: 'one' }, TIMEOUT);
    expect(await stopped).toBeInstanceOf(Error);
    expect(await read()).toBeUndefined();
  });

  it(`runs without keys when it is static ${verifies('invoke:static')}`, async () => {
    const { status, text } = await call('Make', {});
    expect(status, text).toBe(200);
    expect(textAt(readTree(text), 'Envelope', 'Body', 'Make_OUTPUT', 'ReturnValue')).toBe('7');
  });
});

describe('an enumeration context', () => {
  let endpoint: Endpoint;
  const users = [
    { name: 'first', password: 'one' },
    { name: 'second', password: 'two' },
  ];

  const send = async (action: string, body: string, user = users[0], url = endpoint.http?.url ?? '') => {
    const resourceUri = `${DMTF}CIM_ComputerSystem`;
    const selectors = { __cimnamespace: NAMESPACE };
    const message = request({ action: `${ENUMERATION}/${action}`, resourceUri, selectors, body });
    const authorization = `Basic ${Buffer.from(`${user?.name}:${user?.password}`).toString('base64')}`;
    const headers = { 'content-type': 'application/soap+xml;charset=UTF-8', authorization };
    return (await fetch(url, { method: 'POST', headers, body: message })).text();
  };
  const open = async (url?: string) => {
    const answer = await send('Enumerate', `<n:Enumerate xmlns:n="${ENUMERATION}"/>`, users[0], url);
    return textAt(readTree(answer), 'Envelope', 'Body', 'EnumerateResponse', 'EnumerationContext') ?? '';
  };
  const pullXml = (context: string) =>
    `<n:Pull xmlns:n="${ENUMERATION}"><n:EnumerationContext>${context}</n:EnumerationContext></n:Pull>`;

  beforeAll(async () => {
    endpoint = await startEndpoint({ users });
  });
  afterAll(() => endpoint.close());

  it(`serves only the user who got it ${verifies('pull:other-user')}`, async () => {
    const context = await open();
    expect(readFault(await send('Pull', pullXml(context), users[1])).subcode).toMatch(
      /InvalidEnumerationContext|AccessDenied/,
    );
    expect(await send('Pull', pullXml(context))).toContain('PullResponse');
  });

  it(`is no good after its time ${verifies('pull:expired')}`, async () => {
    await using hasty = await startEndpoint({ users, settings: { enumerationTimeoutMs: 1 } });
    const context = await open(hasty.http?.url);
    const opened = Date.now();
    await expect.poll(() => Date.now() - opened).toBeGreaterThan(1);
    const answer = await send('Pull', pullXml(context), users[0], hasty.http?.url);
    expect(readFault(answer)).toMatchObject({ subcode: 'n:InvalidEnumerationContext', windowsCode: '2150858779' });
  });
});

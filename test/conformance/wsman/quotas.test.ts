import { describe, expect, it } from 'vitest';
import { CallRecord } from '../../../src/cim/contracts/call.js';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import { onOperation } from '../../../src/cim/contracts/cim-handler.js';
import { createMemoryContextStore } from '../../../src/store/memory/memory-context-store.js';
import { createWsmanService } from '../../../src/wsman/service.js';
import { createServiceSettings, type SettingValues } from '../../../src/wsman/service-settings.js';
import { gate } from '../../http/gate.js';
import { DMTF, ENUMERATION, NAMESPACE, request } from '../../support/envelopes.js';
import { readFault, readTree, textAt } from '../../support/read-answer.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';
import { serviceFacts } from '../../support/service-facts.js';
import { createTestBroker, system } from '../../support/test-broker.js';
import { namespace } from '../../support/test-schema.js';

const parts = { resourceUri: `${DMTF}CIM_ComputerSystem`, selectors: { __cimnamespace: NAMESPACE } };
const enumerate = (
  inside = '',
  selectors: Record<string, string> = parts.selectors,
  className = 'CIM_ComputerSystem',
) =>
  request({
    resourceUri: `${DMTF}${className}`,
    selectors,
    action: `${ENUMERATION}/Enumerate`,
    body: `<n:Enumerate xmlns:n="${ENUMERATION}">${inside}</n:Enumerate>`,
  });
const contextOf = (xml: string) => textAt(readTree(xml), 'Envelope', 'Body', 'EnumerateResponse', 'EnumerationContext');

describe('open enumerations of one user', () => {
  const other = { name: 'other', password: 'Passw0rd!' };
  const running = runEndpoint({
    users: [{ name: USER, password: PASSWORD }, other],
    settings: { maxEnumerationsPerUser: 2 },
  });
  const open = async (inside = '', headers: Record<string, string> = {}) =>
    (await running.post(enumerate(inside), { headers })).text;
  const close = (id: string | undefined, name = 'Release') =>
    running.post(
      request({
        ...parts,
        action: `${ENUMERATION}/${name}`,
        body: `<n:${name} xmlns:n="${ENUMERATION}"><n:EnumerationContext>${id}</n:EnumerationContext><n:MaxElements>99</n:MaxElements></n:${name}>`,
      }),
    );

  it('are bounded; a released one and one that is read to its end make room', async () => {
    const [first, second] = [contextOf(await open()), contextOf(await open())];
    expect(readFault(await open())).toMatchObject({
      code: 's:Sender',
      subcode: 'w:QuotaLimit',
      windowsCode: '2150858815',
    });
    await close(first);
    const third = contextOf(await open());
    expect(third).toMatch(/^uuid:/);
    await close(second, 'Pull');
    const fourth = contextOf(await open());
    expect(fourth).toMatch(/^uuid:/);
    await Promise.all([close(third), close(fourth)]);
  });

  it('are not more than allowed when many are opened at the same time', async () => {
    // Every connection has signed in before, so that nothing but the operation lies between request and answer.
    await Promise.all(Array.from({ length: 12 }, () => close('uuid:none')));
    const answers = await Promise.all(Array.from({ length: 12 }, () => open()));
    const ids = answers.map(contextOf).filter((id) => id !== undefined);
    const faults = answers.filter((xml) => xml.includes('Fault')).map((xml) => readFault(xml).subcode);
    await Promise.all(ids.map((id) => close(id)));
    expect({ contexts: ids.length, faults }).toEqual({ contexts: 2, faults: Array(10).fill('w:QuotaLimit') });
  });

  it('do not count what is answered at once, nor another user', async () => {
    const ids = [contextOf(await open()), contextOf(await open())];
    const atOnce = await open('<w:OptimizeEnumeration/><w:MaxElements>10</w:MaxElements>');
    expect(atOnce).toContain('EndOfSequence');
    const authorization = `Basic ${Buffer.from(`${other.name}:${other.password}`).toString('base64')}`;
    expect(contextOf(await open('', { authorization }))).toMatch(/^uuid:/);
    await Promise.all(ids.map((id) => close(id)));
  });

  it('count as one however many items wait in them', async () => {
    const wql = '<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">select * from meta_class</w:Filter>';
    const ids = [contextOf(await open(wql)), contextOf(await open(wql))];
    expect(ids).toEqual([expect.stringMatching(/^uuid:/), expect.stringMatching(/^uuid:/)]);
    await Promise.all(ids.map((id) => close(id)));
  });
});

describe('operations that run at the same time', () => {
  /** A service whose first answer waits. */
  async function slowService(initial: Partial<SettingValues>) {
    const { passed, open } = gate();
    const { passed: started, open: start } = gate();
    const { handler: quick, namespaces } = await createTestBroker([system('a')]);
    const slow = onOperation('EnumerateInstances', async (operation, call, next) => {
      start();
      await passed;
      return next(operation, call);
    });
    const handler = slow(quick);
    const service = createWsmanService({
      handler,
      namespaces,
      defaultNamespace: namespace,
      contexts: createMemoryContextStore(),
      settings: createServiceSettings(initial),
      facts: serviceFacts,
    });
    const send = async (user: string) => {
      const client = new Cancellation();
      const body = Buffer.from(enumerate('', { __cimnamespace: namespace }, 'TEST_System'));
      const answer = await service.handle(
        { body, charset: 'utf-8', securityProfiles: [], source: undefined, client },
        new CallRecord({ user }),
      );
      return String(answer.body);
    };
    return { send, started, open };
  }

  it.each([
    ['of one user', { maxConcurrentOperationsPerUser: 1 }, 'ada', '2150859174'],
    ['of all users', { maxConcurrentOperations: 1 }, 'bob', '2150858815'],
  ])('%s are bounded', async (_, settings, second, windowsCode) => {
    const { send, started, open } = await slowService(settings);
    const first = send('ada');
    await started;
    expect(readFault(await send(second))).toMatchObject({ subcode: 'w:QuotaLimit', windowsCode });
    open();
    expect(contextOf(await first)).toMatch(/^uuid:/);
    expect(contextOf(await send(second))).toMatch(/^uuid:/);
  });

  it('count until they have ended, also when their time is up', async () => {
    const { send, started, open } = await slowService({ maxConcurrentOperationsPerUser: 1, maxTimeoutMs: 1 });
    const first = send('ada');
    await started;
    expect(readFault(await first).subcode).toBe('w:TimedOut');
    expect(readFault(await send('ada')).windowsCode).toBe('2150859174');
    open();
    await expect.poll(async () => contextOf(await send('ada'))).toMatch(/^uuid:/);
  });
});

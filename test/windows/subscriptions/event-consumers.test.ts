import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';

const SUBSCRIPTION = 'root/subscription';
const logger = { debug() {}, info() {}, warn() {}, error() {} };

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ port: 0, logger });
});

afterAll(() => endpoint.close());

const create = (className: string, values: Readonly<Record<string, CimValue>>) =>
  endpoint.broker.createInstance(SUBSCRIPTION, new CimInstance(className, Object.entries(values)));
const names = async (className: string) =>
  (await endpoint.cim.find(`SELECT * FROM ${className}`, SUBSCRIPTION)).map((one) => one.getString('Name'));

describe('root/subscription', () => {
  it('has the subscription that Windows brings along', async () => {
    expect(await names('__EventFilter')).toEqual(['SCM Event Log Filter']);
    expect(await names('__EventConsumer')).toEqual(['SCM Event Log Consumer']);
    const [binding] = await endpoint.cim.find('SELECT * FROM __FilterToConsumerBinding', SUBSCRIPTION);
    expect(binding?.get('Consumer')).toMatchObject({ className: 'NTEventLogEventConsumer' });
  });

  it('takes a filter, a consumer and what binds them, and lets all three go', async () => {
    const Filter = await create('__EventFilter', {
      ...{ Name: 'Lab', EventNamespace: 'root/cimv2', QueryLanguage: 'WQL' },
      Query: "SELECT * FROM __InstanceModificationEvent WITHIN 5 WHERE TargetInstance ISA 'Win32_Service'",
    });
    const Consumer = await create('CommandLineEventConsumer', { Name: 'Lab', CommandLineTemplate: 'labtool.exe' });
    const binding = await create('__FilterToConsumerBinding', { Filter, Consumer });
    const consumer = await endpoint.broker.getInstance(Consumer);
    expect(consumer.get('CreatorSID')).toEqual([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0]);
    await endpoint.broker.modifyInstance(Consumer, new NameMap<CimValue>([['KillTimeout', 30]]));
    expect((await endpoint.broker.getInstance(Consumer)).get('KillTimeout')).toBe(30);
    for (const path of [binding, Consumer, Filter]) await endpoint.broker.deleteInstance(path);
    expect(await names('CommandLineEventConsumer')).toEqual([]);
  });

  it.each([
    ['CommandLineEventConsumer', { Name: 'x' }, /CommandLineTemplate or ExecutablePath/],
    ['ActiveScriptEventConsumer', { Name: 'x', ScriptText: 'x' }, /ScriptingEngine/],
    ['ActiveScriptEventConsumer', { Name: 'x', ScriptingEngine: 'VBScript' }, /ScriptText or ScriptFileName/],
    ['LogFileEventConsumer', { Name: 'x' }, /Filename/],
    ['NTEventLogEventConsumer', { Name: 'x' }, /SourceName/],
    ['SMTPEventConsumer', { Name: 'x' }, /SMTPServer/],
  ])('refuses a %s with %o', async (className, values, message) => {
    await expect(create(className, values)).rejects.toThrow(message);
  });
});

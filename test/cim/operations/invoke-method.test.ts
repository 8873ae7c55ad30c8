import { describe, expect, test, vi } from 'vitest';
import { brokerOf } from '../../../src/cim/broker.js';
import { CallRecord } from '../../../src/cim/contracts/call.js';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import type { MethodImplementation, Provider } from '../../../src/cim/contracts/provider.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { CimStatus, type CimStatusName } from '../../../src/cim/model/cim-status.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { createTestBroker, pathOf, system, systemPath, type TestBroker } from '../../support/test-broker.js';
import { namespace } from '../../support/test-schema.js';

const target = systemPath('a');

function provider(methods: Readonly<Record<string, MethodImplementation>>, className = 'TEST_System'): Provider {
  return { className, methods };
}

function run({ broker }: TestBroker, input: Readonly<Record<string, CimValue>> = {}, methodName = 'Run') {
  return broker.invokeMethod({ namespace, target, methodName, input: new NameMap(Object.entries(input)) });
}

const failing = (status: CimStatusName) => expect.objectContaining({ name: 'CimError', status: CimStatus[status] });

describe('a method', () => {
  test('gets its input under the declared names, and what was not given is absent', async () => {
    const implementation = vi.fn<MethodImplementation>(async () => ({ ReturnValue: 0 }));
    const test = await createTestBroker([system('a')], [provider({ Run: implementation })]);
    await run(test, { NAME: 'x', numbers: [1, 2], count: null }, 'RUN');
    expect(implementation.mock.calls[0]?.[0]).toEqual({ Name: 'x', Numbers: [1, 2], Count: null });
  });

  test('gets the instance it is called on and a way to resolve references', async () => {
    const implementation: MethodImplementation = async ({ System }, { instance, resolve, method, newUuid }) => {
      const found = System instanceof InstancePath ? await resolve(System) : undefined;
      return { ReturnValue: 0, Both: [instance?.getString('Name'), found?.className, method.name, newUuid()].join() };
    };
    const test = await createTestBroker(
      [system('a'), system('b', 'TEST_SubSystem')],
      [provider({ Run: implementation })],
    );
    const base = new InstancePath({ className: 'TEST_System', keys: systemPath('b', 'TEST_SubSystem').keys });
    const { outputs } = await run(test, { System: base });
    expect(outputs.get('Both')).toMatch(/^a,TEST_SubSystem,Run,[0-9a-f-]{36}$/);
  });

  test('of a subclass without a provider is that of its superclass', async () => {
    const base = provider({ Run: async () => ({ ReturnValue: 7 }) });
    const { broker } = await createTestBroker([system('b', 'TEST_SubSystem')], [base]);
    const path = systemPath('b', 'TEST_SubSystem');
    const input = new NameMap<CimValue>();
    expect((await broker.invokeMethod({ namespace, target: path, methodName: 'Run', input })).returnValue).toBe(7);
  });

  test('of the instance behind a base-class path is that of its own class', async () => {
    const providers = [
      provider({ Run: async () => ({ ReturnValue: 1 }) }),
      provider({ Run: async () => ({ ReturnValue: 2 }) }, 'TEST_SubSystem'),
    ];
    const { broker } = await createTestBroker([system('b', 'TEST_SubSystem')], providers);
    const path = pathOf('TEST_System', { CreationClassName: 'TEST_SubSystem', Name: 'b' });
    const input = new NameMap<CimValue>();
    expect((await broker.invokeMethod({ namespace, target: path, methodName: 'Run', input })).returnValue).toBe(2);
  });

  test('answers with every output, those it did not set as NULL', async () => {
    const test = await createTestBroker(
      [system('a')],
      [provider({ Run: async () => ({ ReturnValue: 0, Both: 'x' }) })],
    );
    const { outputs, returnValue } = await run(test);
    expect([...outputs]).toEqual([
      ['Both', 'x'],
      ['Result', null],
    ]);
    expect(returnValue).toBe(0);
  });

  test('that is static needs no instance', async () => {
    const make = provider({ Make: async (_, { instance }) => ({ ReturnValue: instance ? 1 : 0 }) });
    const { broker } = await createTestBroker([], [make]);
    const request = {
      namespace,
      target: pathOf('TEST_System', {}),
      methodName: 'Make',
      input: new NameMap<CimValue>(),
    };
    expect((await broker.invokeMethod(request)).returnValue).toBe(0);
  });
});

describe('what a method wrote', () => {
  const writing = (outcome: () => number): Provider =>
    provider({
      async Run(_, { store }) {
        await store.put(system('new'));
        return { ReturnValue: outcome() };
      },
    });

  const exists = async ({ store }: TestBroker) => (await store.get(systemPath('new'))) !== undefined;

  test('is kept when it returns 0', async () => {
    const test = await createTestBroker([system('a')], [writing(() => 0)]);
    await run(test);
    expect(await exists(test)).toBe(true);
  });

  test('is kept when it started a job', async () => {
    const test = await createTestBroker([system('a')], [writing(() => 4096)]);
    expect((await run(test)).returnValue).toBe(4096);
    expect(await exists(test)).toBe(true);
  });

  test('is dropped when it returns another value', async () => {
    const test = await createTestBroker([system('a')], [writing(() => 5)]);
    expect((await run(test)).returnValue).toBe(5);
    expect(await exists(test)).toBe(false);
  });

  test('is dropped when it throws', async () => {
    const mistake = new RangeError('broken');
    const broken = writing(() => {
      throw mistake;
    });
    const test = await createTestBroker([system('a')], [broken]);
    await expect(run(test)).rejects.toMatchObject({ name: 'ProviderError', cause: mistake });
    expect(await exists(test)).toBe(false);
  });

  test('is dropped when the caller has gone meanwhile', async () => {
    const cancellation = new Cancellation();
    const leaving = writing(() => {
      cancellation.abort(new Error('gone'));
      return 0;
    });
    const test = await createTestBroker([system('a')], [leaving]);
    const request = { namespace, target, methodName: 'Run', input: new NameMap<CimValue>() };
    await expect(test.as({ cancellation }).invokeMethod(request)).rejects.toThrow('gone');
    expect(await exists(test)).toBe(false);
  });
});

test('a method does not begin when the caller has gone before', async () => {
  const implementation = vi.fn<MethodImplementation>(async () => ({ ReturnValue: 0 }));
  const { as } = await createTestBroker([system('a')], [provider({ Run: implementation })]);
  const input = new NameMap<CimValue>();
  const cancellation = new Cancellation();
  cancellation.abort(new Error('gone'));
  const request = { namespace, target, methodName: 'Run', input };
  await expect(as({ cancellation }).invokeMethod(request)).rejects.toThrow('gone');
  expect(implementation).not.toHaveBeenCalled();
});

test('a method that never ends keeps no other from running, once it is cancelled', async () => {
  const cancellation = new Cancellation();
  const endless = vi.fn<MethodImplementation>(() => new Promise(() => {}));
  const methods = { Run: endless, Make: async () => ({ ReturnValue: 0 }) };
  const { broker, as } = await createTestBroker([system('a')], [provider(methods)]);
  const input = new NameMap<CimValue>();
  const stuck = as({ cancellation }).invokeMethod({ namespace, target, methodName: 'Run', input });
  await vi.waitFor(() => expect(endless).toHaveBeenCalled());
  const next = broker.invokeMethod({ namespace, target, methodName: 'Make', input });
  cancellation.abort(new Error('time is up'));
  await expect(stuck).rejects.toThrow('time is up');
  expect((await next).returnValue).toBe(0);
});

describe('a method without implementation', () => {
  test('is not available', async () => {
    const without = await createTestBroker([system('a')]);
    await expect(run(without)).rejects.toEqual(failing('MethodNotAvailable'));
  });

  test('answers the code of "Not Supported" where the provider says so', async () => {
    const test = await createTestBroker([system('a')], [{ ...provider({}), otherMethods: 'not-supported' }]);
    expect((await run(test)).returnValue).toBe(1);
    await expect(run(test, {}, 'Unmapped')).rejects.toEqual(failing('MethodNotAvailable'));
  });
});

describe('input is refused', () => {
  const setting = new CimInstance('TEST_SpecialSetting', []);

  test.each<[string, CimStatusName, Record<string, CimValue>]>([
    ['an unknown parameter', 'InvalidParameter', { Nothing: 1 }],
    ['a member of every object', 'InvalidParameter', { constructor: 1 }],
    ['a value for output only', 'InvalidParameter', { Result: target }],
    ['a text for a number', 'TypeMismatch', { Count: '1' }],
    ['a number out of range', 'TypeMismatch', { Count: 65536 }],
    ['an array for one value', 'TypeMismatch', { Count: [1] }],
    ['one value for an array', 'TypeMismatch', { Numbers: 1 }],
    ['too many elements', 'TypeMismatch', { Flags: [true, true, true] }],
    ['a reference to another class', 'TypeMismatch', { System: pathOf('TEST_Port', { PortNumber: 1 }) }],
    ['a reference to no class', 'TypeMismatch', { System: pathOf('TEST_Nothing', {}) }],
    ['one wrong reference of several', 'TypeMismatch', { Systems: [target, pathOf('TEST_Port', { PortNumber: 1 })] }],
    ['an instance for a reference', 'TypeMismatch', { System: system('a') }],
  ])('for %s, with %s', async (_, status, input) => {
    const implementation = vi.fn<MethodImplementation>(async () => ({ ReturnValue: 0 }));
    const test = await createTestBroker([system('a')], [provider({ Run: implementation })]);
    await expect(run(test, input)).rejects.toEqual(failing(status));
    expect(implementation).not.toHaveBeenCalled();
  });

  test.each<[string, Record<string, CimValue>]>([
    ['NULL for output only', { Result: null }],
    ['a value for in and out', { Both: 'x' }],
    ['NULL among elements', { Numbers: [1, null] }],
    ['an empty array', { Numbers: [] }],
    ['a reference to a subclass', { System: systemPath('c', 'TEST_SubSystem') }],
    ['a reference without namespace', { System: new InstancePath({ className: 'TEST_System', keys: { Name: 'x' } }) }],
    ['a reference into a namespace not served here', { System: target.inNamespace('root/elsewhere') }],
    ['an instance of a subclass', { Goal: setting }],
  ])('but not for %s', async (_, input) => {
    const test = await createTestBroker([system('a')], [provider({ Run: async () => ({ ReturnValue: 0 }) })]);
    expect((await run(test, input)).returnValue).toBe(0);
  });
});

describe('a reference to a base class of the declared class', () => {
  const ofBase = (className: string) => pathOf('TEST_System', { CreationClassName: className, Name: 'b' });
  const lab = [system('a'), system('b', 'TEST_SubSystem'), system('b', 'TEST_OtherSystem')];

  async function received(input: Readonly<Record<string, CimValue>>, instances = lab) {
    const implementation = vi.fn<MethodImplementation>(async () => ({ ReturnValue: 0 }));
    const test = await createTestBroker(instances, [provider({ Run: implementation })]);
    await run(test, input);
    return implementation.mock.calls[0]?.[0];
  }

  test('becomes one to the instance of the declared class that has the keys', async () => {
    const path = systemPath('b', 'TEST_SubSystem');
    expect(await received({ Sub: ofBase('TEST_SubSystem') })).toEqual({ Sub: path });
    expect(await received({ Subs: [path, ofBase('TEST_SubSystem')] })).toEqual({ Subs: [path, path] });
  });

  test('is not mistaken for an object of a class beside it with the same keys', async () => {
    const keys = { CreationClassName: 'x', Name: 'x' };
    const [wanted, beside] = ['TEST_SubSystem', 'TEST_OtherSystem'].map((name) => pathOf(name, keys));
    const twins = [wanted, beside].map((path) => new CimInstance(path?.className ?? '', Object.entries(keys), path));
    expect(await received({ Sub: pathOf('TEST_System', keys) }, [system('a'), ...twins])).toEqual({ Sub: wanted });
  });

  test('to no object becomes one to none of the declared class, which the provider answers', async () => {
    const path = pathOf('TEST_SubSystem', { CreationClassName: 'TEST_Nothing', Name: 'b' });
    expect(await received({ Sub: ofBase('TEST_Nothing') })).toEqual({ Sub: path });
  });

  test('is refused when the object is of another class', async () => {
    await expect(received({ Sub: ofBase('TEST_OtherSystem') })).rejects.toEqual(failing('TypeMismatch'));
  });
});

describe('the call itself fails', () => {
  test.each<[CimStatusName, { namespace?: string; target?: InstancePath; methodName?: string }]>([
    ['InvalidNamespace', { namespace: 'root/nothing' }],
    ['InvalidClass', { target: systemPath('a', 'TEST_Nothing') }],
    ['MethodNotFound', { methodName: 'Walk' }],
    ['MethodNotFound', { methodName: 'toString' }],
    ['NotFound', { target: systemPath('nobody') }],
    ['InvalidParameter', { target: pathOf('TEST_System', {}) }],
  ])('with %s for %j', async (status, parts) => {
    const { broker } = await createTestBroker([system('a')], [provider({ Run: async () => ({ ReturnValue: 0 }) })]);
    const request = { namespace, target, methodName: 'Run', input: new NameMap<CimValue>(), ...parts };
    await expect(broker.invokeMethod(request)).rejects.toEqual(failing(status));
  });
});

describe('a provider that answers what its class does not declare', () => {
  test.each<[string, Record<string, CimValue>]>([
    ['an output of another type', { ReturnValue: 0, Both: 5 }],
    ['a ReturnValue of another type', { ReturnValue: 'fine' }],
    ['a ReturnValue out of range', { ReturnValue: -1 }],
  ])('%s is a programming error', async (_, output) => {
    const test = await createTestBroker([system('a')], [provider({ Run: async () => output })]);
    await expect(run(test)).rejects.toMatchObject({ name: 'ProviderError', kind: 'invalid response' });
  });

  test('commits nothing', async () => {
    const writing = provider({
      Run: async (_input, { store }) => {
        await store.put(system('written'));
        return { ReturnValue: 0, Both: 5 };
      },
    });
    const test = await createTestBroker([system('a')], [writing]);
    await expect(run(test)).rejects.toMatchObject({ kind: 'invalid response' });
    expect(await test.store.get(systemPath('written'))).toBeUndefined();
  });

  const cause = new TypeError('no such thing');
  test.each<[string, MethodImplementation]>([
    ['later', () => Promise.reject(cause)],
    [
      'at once',
      () => {
        throw cause;
      },
    ],
  ])('a provider that throws what is no CimError, %s, is said to have failed, with the cause', async (_, Run) => {
    const test = await createTestBroker([system('a')], [provider({ Run })]);
    await expect(run(test)).rejects.toMatchObject({ name: 'ProviderError', kind: 'failure', cause });
  });
});

test('an attempt that is made again has explained nothing, also when the next one does not come to the method', async () => {
  const call = new CallRecord();
  const Run: MethodImplementation = async (_input, context) => {
    context.explain('of an attempt that never was');
    await server.store.transaction((other) => other.delete(target));
    await context.store.put(system('b'));
    return { ReturnValue: 0 };
  };
  const server = await createTestBroker([system('a')], [provider({ Run })]);
  const broker = brokerOf(server.handler, call);
  await expect(broker.invokeMethod({ namespace, target, methodName: 'Run', input: new NameMap() })).rejects.toThrow(
    failing('NotFound'),
  );
  expect(call.reasons).toEqual([]);
});

test('the halves of a method whose provider is exclusive run one after the other, with the plan', async () => {
  const seen: unknown[] = [];
  const Run = {
    prepare: () => 'plan',
    commit: (plan: unknown) => {
      seen.push(plan);
      return { ReturnValue: 0 };
    },
  };
  const server = await createTestBroker(
    [system('a')],
    [{ className: 'TEST_System', exclusive: true, methods: { Run } }],
  );
  expect([(await run(server)).returnValue, seen]).toEqual([0, ['plan']]);
});

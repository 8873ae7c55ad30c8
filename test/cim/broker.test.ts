import { describe, expect, test } from 'vitest';
import { CimStatus, type CimStatusName } from '../../src/cim/model/cim-status.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { createTestBroker, pathOf, system, systemPath } from '../support/test-broker.js';
import { namespace } from '../support/test-schema.js';

const failing = (status: CimStatusName) => expect.objectContaining({ name: 'CimError', status: CimStatus[status] });

describe('a namespace', () => {
  test.each([namespace, 'ROOT/Test', 'root\\test', '/root/test/'])('is found as %j', async (name) => {
    const { namespaces } = await createTestBroker();
    expect(namespaces.getNamespace(name).name).toBe(namespace);
    expect(namespaces.findNamespace(name)?.name).toBe(namespace);
  });

  test.each(['', 'root', 'root/test/more', '__proto__'])('is not found as %j', async (name) => {
    const { namespaces } = await createTestBroker();
    expect(() => namespaces.getNamespace(name)).toThrow(failing('InvalidNamespace'));
    expect(namespaces.findNamespace(name)).toBeUndefined();
  });
});

describe('GetClass', () => {
  test('finds a class in any case', async () => {
    const { broker } = await createTestBroker();
    expect((await broker.getClass(namespace, 'test_SYSTEM')).name).toBe('TEST_System');
  });

  test('fails with NotFound or InvalidNamespace', async () => {
    const { broker } = await createTestBroker();
    await expect(broker.getClass(namespace, 'TEST_Nothing')).rejects.toEqual(failing('NotFound'));
    await expect(broker.getClass('root/other', 'TEST_System')).rejects.toEqual(failing('InvalidNamespace'));
  });
});

describe('GetInstance', () => {
  test('finds an instance by keys in any case', async () => {
    const { broker } = await createTestBroker([system('One')]);
    const path = pathOf('test_system', { NAME: 'oNE', creationclassname: 'TEST_SYSTEM' });
    expect((await broker.getInstance(path)).getString('Name')).toBe('One');
  });

  test('finds a numeric key by its text', async () => {
    const { broker, store } = await createTestBroker();
    const port = system('x').at(pathOf('TEST_Port', { PortNumber: 3260 }));
    await store.transaction((transaction) => transaction.put(port));
    expect(await broker.getInstance(pathOf('TEST_Port', { PortNumber: '3260' }))).toBe(port);
  });

  test('finds the one instance of a subclass behind a path of its base class', async () => {
    const { broker } = await createTestBroker([system('a', 'TEST_SubSystem')]);
    const path = pathOf('TEST_System', { CreationClassName: 'TEST_SubSystem', Name: 'a' });
    expect((await broker.getInstance(path)).className).toBe('TEST_SubSystem');
  });

  test('does not find an instance of the base class behind a path of a subclass', async () => {
    const { broker } = await createTestBroker([system('a')]);
    const path = pathOf('TEST_SubSystem', { CreationClassName: 'TEST_System', Name: 'a' });
    await expect(broker.getInstance(path)).rejects.toEqual(failing('NotFound'));
  });

  test('fails when two subclasses have an instance with the keys', async () => {
    const keys = { CreationClassName: 'x', Name: 'a' };
    const twins = ['TEST_SubSystem', 'TEST_OtherSystem'].map((name) => system('a', name).at(pathOf(name, keys)));
    const { broker } = await createTestBroker(twins);
    await expect(broker.getInstance(pathOf('TEST_System', keys))).rejects.toEqual(failing('InvalidParameter'));
  });

  test.each<[CimStatusName, InstancePath]>([
    ['NotFound', systemPath('nobody')],
    ['NotFound', pathOf('TEST_System', { Name: 'a' })],
    ['NotFound', pathOf('TEST_System', {})],
    ['NotFound', pathOf('TEST_System', { CreationClassName: 'TEST_System', Name: 'a', More: 'x' })],
    ['InvalidClass', systemPath('a', 'TEST_Nothing')],
    ['InvalidNamespace', systemPath('a').inNamespace('root/other')],
    ['InvalidParameter', new InstancePath({ className: 'TEST_System', keys: systemPath('a').keys })],
  ])('fails with %s for %s', async (status, path) => {
    const { broker } = await createTestBroker([system('a')]);
    await expect(broker.getInstance(path)).rejects.toEqual(failing(status));
  });

  test('does not repeat a long path in its message', async () => {
    const { broker } = await createTestBroker();
    await expect(broker.getInstance(systemPath('x'.repeat(100_000)))).rejects.toThrow(/^.{0,600}$/s);
  });
});

import { describe, expect, test } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { CimStatus } from '../../../src/cim/model/cim-status.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { createTestBroker, link, pathOf, system, systemPath } from '../../support/test-broker.js';

const [a, b, c] = [systemPath('a'), systemPath('b'), systemPath('c', 'TEST_SubSystem')];
const port = pathOf('TEST_Port', { PortNumber: 3260 });

/** a hosts b, directly c, and a port; c hosts a. */
const instances = [
  system('a'),
  system('b'),
  system('c', 'TEST_SubSystem'),
  new CimInstance('TEST_Port', Object.entries({ PortNumber: 3260 }), port),
  link('TEST_Hosts', a, b),
  link('TEST_HostsDirectly', a, c),
  link('TEST_HostsPort', a, port),
  link('TEST_Hosts', c, a),
];

const paths = (found: readonly CimInstance[]) => found.map(({ path }) => path?.toString()).sort();
const texts = (...all: readonly InstancePath[]) => all.map(String).sort();

describe('the associators of an instance', () => {
  test('are the far ends of all its associations, each once', async () => {
    const { broker } = await createTestBroker(instances);
    expect(paths(await broker.associators(a))).toEqual(texts(b, c, port));
  });

  test.each([
    ['an association class and its subclasses', { associationClass: 'test_hosts' }, [b, c]],
    ['an association class below', { associationClass: 'TEST_HostsDirectly' }, [c]],
    ['a result class and its subclasses', { resultClass: 'TEST_System' }, [b, c]],
    ['a result class below', { resultClass: 'test_subsystem' }, [c]],
    ['the role of the source', { role: 'ANTECEDENT' }, [b, c, port]],
    ['the other role of the source', { role: 'Dependent' }, [c]],
    ['the role of the result', { resultRole: 'antecedent' }, [c]],
    ['a role that nobody has', { role: 'Nobody' }, []],
    ['all at once', { associationClass: 'TEST_Hosts', resultClass: 'TEST_SubSystem', role: 'Dependent' }, [c]],
  ])('can be narrowed by %s', async (_, filter, expected) => {
    const { broker } = await createTestBroker(instances);
    expect(paths(await broker.associators(a, filter))).toEqual(texts(...expected));
  });

  test('are found through a path of the base class', async () => {
    const { broker } = await createTestBroker(instances);
    const asBase = pathOf('TEST_System', { CreationClassName: 'TEST_SubSystem', Name: 'c' });
    expect(paths(await broker.associators(asBase))).toEqual(texts(a));
  });

  test('are found where the association leaves the namespace out', async () => {
    const here = (path: InstancePath) => new InstancePath({ className: path.className, keys: path.keys });
    const { broker } = await createTestBroker([system('a'), system('b'), link('TEST_Hosts', here(a), here(b))]);
    expect(paths(await broker.associators(a))).toEqual(texts(b));
  });

  test('hold the instance itself when it is associated with itself', async () => {
    const { broker } = await createTestBroker([system('a'), link('TEST_Hosts', a, a)]);
    expect(paths(await broker.associators(a))).toEqual(texts(a));
  });

  test('leave out what a dangling association points to', async () => {
    const { broker } = await createTestBroker([system('a'), link('TEST_Hosts', a, systemPath('gone'))]);
    expect(await broker.associators(a)).toEqual([]);
  });
});

describe('the references of an instance', () => {
  test('are the associations that hold it, in any role', async () => {
    const { broker } = await createTestBroker(instances);
    expect((await broker.references(a)).length).toBe(4);
    expect((await broker.references(a, { role: 'Dependent' })).length).toBe(1);
    expect(paths(await broker.references(a, { associationClass: 'TEST_HostsDirectly' }))).toEqual(
      texts(link('TEST_HostsDirectly', a, c).path ?? a),
    );
  });
});

test.each([
  ['an instance that is not there', systemPath('nobody'), {}, CimStatus.NotFound],
  ['a class that does not exist', systemPath('a', 'TEST_Nothing'), {}, CimStatus.InvalidClass],
  ['an unknown association class', a, { associationClass: 'TEST_Nothing' }, CimStatus.InvalidClass],
  ['an unknown result class', a, { resultClass: 'TEST_Nothing' }, CimStatus.InvalidClass],
])('%s is an error', async (_, path, filter, status) => {
  const { broker } = await createTestBroker(instances);
  await expect(broker.associators(path, filter)).rejects.toMatchObject({ status });
});

import { describe, expect, it } from 'vitest';
import { createPermissions } from '../../src/auth/accounts/permissions.js';
import { parseRoles } from '../../src/auth/accounts/role.js';
import { accessOf, type Right } from '../../src/cim/contracts/access.js';
import { createUuidSource } from '../../src/cim/contracts/uuid-source.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { CimStatus } from '../../src/cim/model/cim-status.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { guard as guardInterceptor } from '../../src/interceptors/guard.js';
import { createMemoryStore } from '../../src/store/memory/memory-store.js';
import { createCimServer } from '../support/cim-server.js';
import { createTestSchema } from '../support/test-schema.js';

const HERE = 'root/here';
const THERE = 'root/there';

const pathIn = (namespace: string, name: string, className = 'TEST_System') =>
  new InstancePath({ namespace, className, keys: { CreationClassName: className, Name: name } });

function systemIn(namespace: string, name: string, className = 'TEST_System') {
  return new CimInstance(
    className,
    Object.entries({ CreationClassName: className, Name: name }),
    pathIn(namespace, name, className),
  );
}

function linkIn(namespace: string, antecedent: InstancePath, dependent: InstancePath) {
  const ends = { Antecedent: antecedent, Dependent: dependent };
  const path = new InstancePath({ namespace, className: 'TEST_Hosts', keys: ends });
  return new CimInstance('TEST_Hosts', Object.entries(ends), path);
}

/** Two namespaces of the same classes, with associations within and between them, and the broker of a user with these roles. */
async function guarded(right: Right, ...roles: string[]) {
  const store = createMemoryStore();
  await store.transaction(async (transaction) => {
    for (const namespace of [HERE, THERE])
      for (const name of ['a', 'b']) await transaction.put(systemIn(namespace, name));
    await transaction.put(systemIn(HERE, 'cluster', 'TEST_SubSystem'));
    await transaction.put(linkIn(HERE, pathIn(HERE, 'a'), pathIn(HERE, 'b')));
    await transaction.put(linkIn(HERE, pathIn(HERE, 'a'), pathIn(THERE, 'a')));
  });
  const schema = createTestSchema();
  const newUuid = createUuidSource(1);
  const { as } = createCimServer({
    namespaces: [HERE, THERE].map((name) => ({ name, schema })),
    store,
    newUuid,
    interceptors: (namespaces) => [guardInterceptor(namespaces)],
  });
  const permissions = createPermissions(parseRoles(roles));
  if (permissions === undefined) throw new Error('these roles allow everything');
  return { broker: as({}), guard: as({ access: accessOf(permissions, right) }) };
}

const names = (instances: readonly CimInstance[]) =>
  instances.map(({ path }) => `${path?.namespace} ${path?.keys.get('Name')}`);
const DENIED = expect.objectContaining({ status: CimStatus.AccessDenied });
const NOT_FOUND = expect.objectContaining({ status: CimStatus.NotFound });

describe('a right in one namespace', () => {
  it('is none in another that has the same classes', async () => {
    const { guard } = await guarded('read', `read@${HERE}`);
    expect((await guard.getInstance(pathIn(HERE, 'a'))).get('Name')).toBe('a');
    await expect(guard.getInstance(pathIn(THERE, 'a'))).rejects.toEqual(DENIED);
    await expect(guard.openInstances(THERE, 'TEST_System', { subclasses: true })).rejects.toEqual(DENIED);
    await expect(guard.findInstances(THERE, 'TEST_System', new NameMap())).rejects.toEqual(DENIED);
    await expect(guard.getClass(THERE, 'TEST_System')).rejects.toEqual(DENIED);
    await expect(guard.enumerateClasses(THERE, { className: 'TEST_System', deep: true })).rejects.toEqual(DENIED);
    expect(await guard.enumerateClasses(THERE, { deep: true })).toEqual([]);
  });

  it('does not reach over an association into another', async () => {
    const { broker, guard } = await guarded('read', `read@${HERE}`);
    expect(names(await broker.associators(pathIn(HERE, 'a')))).toEqual([`${HERE} b`, `${THERE} a`]);
    expect(names(await guard.associators(pathIn(HERE, 'a')))).toEqual([`${HERE} b`]);
    await expect(guard.associators(pathIn(THERE, 'a'))).rejects.toEqual(DENIED);
    await expect(guard.references(pathIn(THERE, 'a'))).rejects.toEqual(DENIED);
    await expect(guard.referenceClasses(pathIn(THERE, 'a'))).rejects.toEqual(DENIED);
  });

  it('does not let a path without a namespace around it', async () => {
    const { guard } = await guarded('read', `read@${HERE}`);
    const path = new InstancePath({ className: 'TEST_System', keys: pathIn(THERE, 'a').keys });
    await expect(guard.getInstance(path)).rejects.toThrow('names no namespace');
    await expect(guard.associators(path)).rejects.toThrow('names no namespace');
  });

  it('ends with the role, also for a walk that has begun', async () => {
    const { guard } = await guarded('read', `read@${HERE}`);
    const cursor = await guard.openInstances(HERE, 'TEST_System', { subclasses: true });
    const { guard: other } = await guarded('read', `read@${THERE}`);
    expect((await guard.pullInstances(cursor, 10)).instances.length).toBeGreaterThan(0);
    expect((await other.pullInstances({ ...cursor, asOf: cursor.asOf }, 10)).instances).toEqual([]);
  });
});

describe('a right to a subclass', () => {
  const role = (right: Right) => `${right}@${HERE}:TEST_SubSystem`;
  const clusterAsSystem = new InstancePath({
    namespace: HERE,
    className: 'TEST_System',
    keys: { CreationClassName: 'TEST_SubSystem', Name: 'cluster' },
  });

  it('reaches its instances by the name of the base class, and no others', async () => {
    const { guard } = await guarded('read', role('read'));
    expect((await guard.getInstance(clusterAsSystem)).className).toBe('TEST_SubSystem');
    await expect(guard.getInstance(pathIn(HERE, 'a'))).rejects.toEqual(NOT_FOUND);
    await expect(guard.getInstance(pathIn(HERE, 'nothing'))).rejects.toEqual(NOT_FOUND);
  });

  it('is one to delete them by the name of the base class, and no others', async () => {
    const { broker, guard } = await guarded('write', role('write'));
    await expect(guard.deleteInstance(pathIn(HERE, 'b'))).rejects.toEqual(NOT_FOUND);
    await expect(guard.modifyInstance(pathIn(HERE, 'b'), new NameMap())).rejects.toEqual(NOT_FOUND);
    await guard.deleteInstance(clusterAsSystem);
    await expect(broker.getInstance(clusterAsSystem)).rejects.toEqual(NOT_FOUND);
    expect((await broker.getInstance(pathIn(HERE, 'b'))).get('Name')).toBe('b');
  });

  it('is none to create instances of the base class', async () => {
    const { guard } = await guarded('write', role('write'));
    await expect(guard.createInstance(HERE, systemIn(HERE, 'new'))).rejects.toEqual(DENIED);
    await guard.createInstance(HERE, systemIn(HERE, 'new', 'TEST_SubSystem'));
  });

  it('follows associations only where they may be read themselves', async () => {
    const { guard } = await guarded('read', `read@${HERE}:TEST_System`);
    expect(await guard.associators(pathIn(HERE, 'a'))).toEqual([]);
    await expect(guard.associators(pathIn(HERE, 'a'), { associationClass: 'TEST_Hosts' })).rejects.toEqual(DENIED);
    const { guard: linked } = await guarded('read', `read@${HERE}:TEST_System`, `read@${HERE}:TEST_Hosts`);
    expect(names(await linked.associators(pathIn(HERE, 'a')))).toEqual([`${HERE} b`]);
  });
});

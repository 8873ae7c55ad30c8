import type { InstanceStore } from '../../src/cim/contracts/instance-store.js';
import type { Provider } from '../../src/cim/contracts/provider.js';
import type { ProviderFactory } from '../../src/cim/contracts/provider-host.js';
import { createUuidSource } from '../../src/cim/contracts/uuid-source.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../src/cim/model/instance-path.js';
import { createMemoryStore } from '../../src/store/memory/memory-store.js';
import { type CimServer, createCimServer } from './cim-server.js';
import { createTestSchema, namespace } from './test-schema.js';

export interface TestBroker extends CimServer {
  readonly store: InstanceStore;
}

export function pathOf(className: string, keys: Readonly<Record<string, CimKeyValue>>): InstancePath {
  return new InstancePath({ namespace, className, keys });
}

export function systemPath(name: string, className = 'TEST_System'): InstancePath {
  return pathOf(className, { CreationClassName: className, Name: name });
}

export function system(name: string, className = 'TEST_System', more: Readonly<Record<string, CimValue>> = {}) {
  const properties = Object.entries({ CreationClassName: className, Name: name, ...more });
  return new CimInstance(className, properties, systemPath(name, className));
}

export function link(className: string, antecedent: InstancePath, dependent: InstancePath): CimInstance {
  const ends = { Antecedent: antecedent, Dependent: dependent };
  return new CimInstance(className, Object.entries(ends), pathOf(className, ends));
}

/** A broker over a store in memory that holds the instances. */
export async function createTestBroker(
  instances: readonly CimInstance[] = [],
  providers: readonly (Provider | ProviderFactory)[] = [],
): Promise<TestBroker> {
  const store = createMemoryStore();
  await store.transaction(async (transaction) => {
    for (const instance of instances) await transaction.put(instance);
  });
  const schema = createTestSchema();
  const newUuid = createUuidSource(1);
  const server = createCimServer({ namespaces: [{ name: namespace, schema, providers }], store, newUuid });
  return { ...server, store };
}

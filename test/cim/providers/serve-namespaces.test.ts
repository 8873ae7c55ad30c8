import { describe, expect, it } from 'vitest';
import { brokerOf } from '../../../src/cim/broker.js';
import { CallRecord } from '../../../src/cim/contracts/call.js';
import type { Provider } from '../../../src/cim/contracts/provider.js';
import { createUuidSource } from '../../../src/cim/contracts/uuid-source.js';
import { createHandler } from '../../../src/cim/create-handler.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { serveNamespaces } from '../../../src/cim/providers/serve-namespaces.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { createVolumeSchema, hostPath, instance, namespace, stored, volumePath } from '../volume-lab.js';

const derives = (Label: string): Provider => ({ className: 'Volume', methods: {}, derived: { Label: () => Label } });
const source = (name: string, provider: Provider) => ({ name, isBuiltIn: name === 'built-in', provider });

/** A namespace whose built-in provider comes later. */
async function lab(...given: readonly Provider[]) {
  const store = createMemoryStore();
  await store.transaction((transaction) => transaction.putMany([stored(volumePath('a')), stored(hostPath('h'))]));
  const newUuid = createUuidSource(1);
  const asked: string[] = [];
  const later = async () => {
    asked.push(namespace);
    return [source('built-in', { ...derives('built in'), instances: { create: false } })];
  };
  const ignore = () => undefined;
  const { namespaces } = serveNamespaces(
    [
      { name: namespace, schema: createVolumeSchema(), providers: given.map((one) => source('mine', one)), later },
      { name: 'root/other', schema: createVolumeSchema(), providers: [] },
    ],
    { store, newUuid, now: Date.now, onFailure: ignore, onReason: ignore, onIndication: ignore },
  );
  const broker = brokerOf(createHandler({ store, newUuid, namespaces }), () => new CallRecord());
  return { broker, asked };
}

describe('providers that come when their namespace is first used', () => {
  it('are not asked for by declarations, or by what is asked of another namespace', async () => {
    const { broker, asked } = await lab();
    await broker.enumerateClasses(namespace, { deep: true });
    await broker.createInstance('root/other', instance('Volume', { Name: 'n' }));
    expect(asked).toEqual([]);
  });

  it('are there for the first question, and asked for once', async () => {
    const { broker, asked } = await lab();
    const both = await Promise.all([broker.getInstance(volumePath('a')), broker.getInstance(volumePath('a'))]);
    expect(both.map((one) => one.get('Label'))).toEqual(['built in', 'built in']);
    await expect(broker.createInstance(namespace, instance('Volume', { Name: 'n' }))).rejects.toThrow(
      'not for clients',
    );
    expect(asked).toEqual([namespace]);
  });

  it('leave what others provide', async () => {
    const { broker } = await lab(derives('mine'));
    expect((await broker.getInstance(volumePath('a'))).get('Label')).toBe('mine');
    await expect(broker.modifyInstance(volumePath('a'), new NameMap([['Label', 'x']]))).rejects.toThrow('read-only');
  });
});

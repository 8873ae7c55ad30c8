import { describe, expect, it } from 'vitest';
import type { AskedInstance, Provider } from '../../../src/cim/contracts/provider.js';
import { ProviderError } from '../../../src/cim/contracts/provider-error.js';
import { createUuidSource } from '../../../src/cim/contracts/uuid-source.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { NotCapableError } from '../../../src/cim/model/not-capable-error.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { createCimServer } from '../../support/cim-server.js';
import { createVolumeSchema, namespace, stored, volumePath } from '../volume-lab.js';

const a = volumePath('a');
const asks = (values: Readonly<Record<string, CimValue>>) => new NameMap(Object.entries(values));

async function lab(asked: AskedInstance) {
  const provider: Provider = { className: 'Volume', methods: {}, asked };
  const store = createMemoryStore();
  await store.transaction((transaction) => transaction.put(stored(a, { Label: 'in the store' })));
  const schema = createVolumeSchema();
  const spaces = [{ name: namespace, schema, providers: [provider] }];
  const server = createCimServer({ namespaces: spaces, store, newUuid: createUuidSource(1) });
  return server.as({ now: () => 7 });
}

const blue: AskedInstance = (given, { now }) =>
  given.get('Label') === 'none' ? undefined : stored(a, { Label: given.get('Label') ?? `blue at ${now()}`, Size: 1n });

describe('an instance that is made when somebody asks for it', () => {
  it('is found by its keys, and by what a query compares', async () => {
    const broker = await lab(blue);
    expect((await broker.getInstance(a)).get('Label')).toBe('blue at 7');
    const [one] = (await broker.findInstances(namespace, 'Volume', asks({ Label: 'red' }))) ?? [];
    expect(one?.get('Label')).toBe('red');
    expect(await broker.findInstances(namespace, 'Volume', asks({ Size: 2n }))).toEqual([]);
  });

  it('may be none', async () => {
    const broker = await lab(() => undefined);
    await expect(broker.getInstance(a)).rejects.toThrow(/no instance/);
    expect(await broker.findInstances(namespace, 'Volume', asks({ Label: 'none' }))).toEqual([]);
  });

  it('is listed by nobody', async () => {
    const broker = await lab(blue);
    await expect(broker.openInstances(namespace, 'Volume', { subclasses: true })).rejects.toThrow(NotCapableError);
  });

  it.each<[AskedInstance, RegExp]>([
    [() => new CimInstance('Volume', []), /has no path/],
    [() => stored(a, { Label: 5 }), /Label/],
    [() => stored(a, { Colour: 'blue' }), /no such property/],
    [
      () => {
        throw new Error('out of paint');
      },
      /failed/,
    ],
  ])('is an error of its provider when it does not fit its class (%#)', async (asked, message) => {
    const asking = (await lab(asked)).getInstance(a);
    await expect(asking).rejects.toThrow(ProviderError);
    await expect(asking).rejects.toThrow(message);
  });
});

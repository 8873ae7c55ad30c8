import { describe, expect, it, onTestFinished } from 'vitest';
import type { State } from '../../../src/cim/contracts/state.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { openPostgresState } from '../../../src/store/postgres/open-postgres-state.js';
import { instance, namespace, path } from '../instance-builders.js';
import { sharedPostgres } from './shared-postgres.js';
import { startWireProxy, type WireProxy } from './wire-proxy.js';

const postgres = await sharedPostgres();
const BATCH = 1000;
const BATCHES = 100;

describe.skipIf(!postgres)('a restore to PostgreSQL', () => {
  async function open(): Promise<{ proxy: WireProxy; state: State; other: State }> {
    const proxy = await startWireProxy(postgres?.port ?? 0);
    onTestFinished(() => proxy.close());
    const url = (port?: number) => postgres?.url({ schema }, port) ?? '';
    const schema = `restored_${Math.random().toString(36).slice(2)}`;
    const [state, other] = [await openPostgresState({ url: url(proxy.port) }), await openPostgresState({ url: url() })];
    for (const one of [state, other]) onTestFinished(() => one.close());
    await state.store.transaction((one) => one.put(instance('Disk', 'before')));
    return { proxy, state, other };
  }

  it('of 100,000 instances is written batch by batch, and seen as one change', async () => {
    const { proxy, state, other } = await open();
    const written: number[] = [];
    async function* batches(): AsyncGenerator<readonly CimInstance[]> {
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const from = batch * BATCH;
        yield Array.from({ length: BATCH }, (_, at) => instance('Disk', `${from + at}`, { Size: (from + at) % 7 }));
        written.push(proxy.takeAnswers());
        if (batch % 25 === 0) expect(await other.store.count(namespace, ['Disk'])).toEqual([1]);
      }
    }
    await state.upkeep?.replaceAll?.(batches(), new Map([['origin', 'kept']]));
    // A batch is in the database before the next one is read from the file: none is kept for later.
    expect(written.slice(1)).toEqual(written.slice(1).map(() => expect.toSatisfy((count) => count >= 3 && count <= 6)));
    expect(await other.store.count(namespace, ['Disk'])).toEqual([BATCHES * BATCH]);
    expect(await other.store.get(path('Disk', 'before'))).toBeUndefined();
    expect(await other.notes.get('origin')).toBe('kept');
    await other.store.transaction((one) => one.put(instance('Disk', 'after')));
    expect(await other.store.count(namespace, ['Disk'])).toEqual([BATCHES * BATCH + 1]);
  }, 60_000);

  it('is found by values of properties that were looked for before', async () => {
    const { state, other } = await open();
    const find = (id: string) => other.store.findEqual(namespace, ['Disk'], 'Id', id);
    expect(await find('before')).toHaveLength(1);
    async function* batches(): AsyncGenerator<readonly CimInstance[]> {
      yield [instance('Disk', 'one'), instance('Disk', 'two')];
    }
    await state.upkeep?.replaceAll?.(batches(), new Map());
    expect([await find('before'), await find('two')]).toEqual([[], [instance('Disk', 'two')]]);
  });

  it('changes nothing when it breaks off, in the file or in the connection', async () => {
    const { proxy, state, other } = await open();
    async function* broken(breaks: () => void): AsyncGenerator<readonly CimInstance[]> {
      yield [instance('Disk', 'new')];
      breaks();
      yield [instance('Disk', 'newer')];
    }
    const breaks = [
      () => {
        throw new RangeError('no line');
      },
      () => proxy.cut(),
    ];
    for (const [at, kind] of ['RangeError', 'StoreError'].entries()) {
      const replaced = state.upkeep?.replaceAll?.(broken(breaks[at] ?? (() => undefined)), new Map());
      await expect(replaced).rejects.toMatchObject({ name: kind });
      expect((await other.store.all()).map((one) => one.get('Id'))).toEqual(['before']);
    }
    // Nobody is kept from committing.
    await other.store.transaction((one) => one.put(instance('Disk', 'next')));
  });
});

import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import type { InstanceReader, InstanceStore, InstanceTransaction } from '../../../src/cim/contracts/instance-store.js';
import { StoreError } from '../../../src/cim/contracts/store-error.js';
import { collect, ids, instance, namespace, path } from '../instance-builders.js';

const counter = path('Counter', 'c');

async function valueIn(reader: InstanceReader): Promise<number> {
  return Number((await reader.get(counter))?.get('Value'));
}

function writeValue(writer: InstanceTransaction, value: number): Promise<void> {
  return writer.put(instance('Counter', 'c', { Value: value }));
}

function gate(): { readonly passed: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** What transactions that wait for something besides the store do to each other. */
export function describeConcurrentTransactions(createStore: () => InstanceStore | Promise<InstanceStore>): void {
  async function storeWithCounter(value = 0): Promise<InstanceStore> {
    const store = await createStore();
    await store.transaction((transaction) => writeValue(transaction, value));
    return store;
  }

  const add = (store: InstanceStore) =>
    store.transaction(async (transaction) => writeValue(transaction, (await valueIn(transaction)) + 1));

  describe('transactions that wait for something outside', () => {
    it('run at the same time when each has instances of its own, all in one attempt', async () => {
      const store = await createStore();
      const [all, names] = [gate(), ['a', 'b', 'c', 'd', 'e']];
      let begun = 0;
      const attempts = await Promise.all(
        names.map((name) =>
          store.transaction(async (transaction, attempt) => {
            await transaction.get(path('Disk', name));
            begun += 1;
            // None goes on before all have begun: one after the other, they would wait for ever.
            if (begun === names.length) all.open();
            await all.passed;
            await transaction.put(instance('Disk', name));
            return attempt;
          }),
        ),
      );
      expect(attempts).toEqual([1, 1, 1, 1, 1]);
      expect(ids(await collect(store.scan(namespace, 'Disk'))).sort()).toEqual(names);
    });

    it('keep nobody from writing, even when they hang for ever', async () => {
      const store = await storeWithCounter();
      const begun = gate();
      void store.transaction(async (transaction) => {
        await writeValue(transaction, 99);
        begun.open();
        await new Promise(() => undefined);
      });
      await begun.passed;
      for (let round = 0; round < 5; round += 1) await add(store);
      expect(await valueIn(store)).toBe(5);
    });

    it('run again when others changed what they read, and see it then', async () => {
      const store = await storeWithCounter();
      const begun = gate();
      const changed = gate();
      const seen: [number, number][] = [];
      const slow = store.transaction(async (transaction, attempt) => {
        const value = await valueIn(transaction);
        seen.push([attempt, value]);
        begun.open();
        await changed.passed;
        await writeValue(transaction, value + 10);
      });
      await begun.passed;
      await add(store);
      changed.open();
      await slow;
      expect(seen).toEqual([
        [1, 0],
        [2, 1],
      ]);
      expect(await valueIn(store)).toBe(11);
    });

    it('do not both succeed when together they would break a rule that each has checked', async () => {
      const store = await createStore();
      const both = gate();
      let checked = 0;
      const takePort = (pipe: string) =>
        store.transaction(async (transaction) => {
          const users = await transaction.findEqual(namespace, ['Pipe'], 'Port', 7);
          checked += 1;
          if (checked === 2) both.open();
          await both.passed;
          if (users?.length !== 0) return 'taken';
          await transaction.put(instance('Pipe', pipe, { Port: 7 }));
          return 'mine';
        });
      const outcomes = await Promise.all([takePort('a'), takePort('b')]);
      expect(outcomes.sort()).toEqual(['mine', 'taken']);
      expect(await store.count(namespace, ['Pipe'])).toEqual([1]);
    });

    it.each<[string, (reader: InstanceReader) => Promise<unknown>]>([
      ['an instance', (reader) => reader.get(path('Disk', 'new'))],
      ['instances with the same keys', (reader) => reader.findByKeys(namespace, path('Any', 'new').canonicalKeys)],
      ['a count', (reader) => reader.count(namespace, ['Disk'])],
      ['a class', (reader) => collect(reader.scan(namespace, 'Disk'))],
      ['references', (reader) => reader.referencing(counter)],
      ['a mark', (reader) => reader.mark()],
      ['a page', (reader) => reader.page(namespace, ['Disk'], { asOf: '9007199254740991', limit: 9 })],
      ['a value', (reader) => reader.findEqual(namespace, ['Disk'], 'Size', 1)],
    ])('run again when %s that they read is another when they commit', async (_, read) => {
      const store = await createStore();
      const [begun, changed] = [gate(), gate()];
      let attempts = 0;
      const slow = store.transaction(async (transaction) => {
        attempts += 1;
        await read(transaction);
        begun.open();
        await changed.passed;
        await writeValue(transaction, 1);
      });
      await begun.passed;
      await store.transaction((other) => other.put(instance('Disk', 'new', { Size: 1, Of: counter })));
      changed.open();
      await slow;
      expect(attempts).toBe(2);
    });

    it('commit in one attempt when others changed something else', async () => {
      const store = await storeWithCounter();
      await store.transaction((transaction) => transaction.put(instance('Disk', 'a', { Size: 1, Of: counter })));
      const [begun, changed] = [gate(), gate()];
      const slow = store.transaction(async (transaction, attempt) => {
        await valueIn(transaction);
        await transaction.count(namespace, ['Disk']);
        await transaction.referencing(counter);
        await transaction.findEqual(namespace, ['Disk'], 'Size', 1);
        await collect(transaction.scan(namespace, 'Disk'));
        begun.open();
        await changed.passed;
        await writeValue(transaction, await valueIn(transaction));
        return attempt;
      });
      await begun.passed;
      await store.transaction((other) => other.put(instance('Tape', 't', { Size: 1 })));
      changed.open();
      expect(await slow).toBe(1);
    });

    it('never see two states at once: the read that would be of another state throws', async () => {
      const store = await storeWithCounter(1);
      await store.transaction((transaction) => transaction.put(instance('Twin', 't', { Value: 1 })));
      const [begun, changed] = [gate(), gate()];
      const views: [number, unknown][] = [];
      const slow = store.transaction(async (transaction) => {
        const value = await valueIn(transaction);
        begun.open();
        await changed.passed;
        views.push([value, (await transaction.get(path('Twin', 't')))?.get('Value')]);
      });
      await begun.passed;
      await store.transaction(async (other) => {
        await writeValue(other, 2);
        await other.put(instance('Twin', 't', { Value: 2 }));
      });
      changed.open();
      await slow;
      expect(views).toEqual([[2, 2]]);
    });

    it('run again when the error of a read comes that nobody has waited for yet, and the process goes on', async () => {
      const store = await storeWithCounter();
      const unhandled: unknown[] = [];
      const note = (error: unknown) => void unhandled.push(error);
      process.on('unhandledRejection', note);
      try {
        await store.transaction(async (transaction, attempt) => {
          await valueIn(transaction);
          if (attempt === 1) await add(store);
          // What does not depend on another's answer is asked for together.
          const first = transaction.get(path('Disk', 'a'));
          const second = transaction.count(namespace, ['Disk']);
          const third = transaction.put(instance('Disk', 'a'));
          await first;
          await second;
          await third;
        });
        await setImmediate();
      } finally {
        process.off('unhandledRejection', note);
      }
      expect(unhandled).toEqual([]);
    });

    it('run again although the work made nothing of the error', async () => {
      const store = await storeWithCounter();
      const [begun, changed] = [gate(), gate()];
      const slow = store.transaction(async (transaction, attempt) => {
        await valueIn(transaction);
        begun.open();
        await changed.passed;
        const value = await valueIn(transaction).catch((error: unknown) => {
          expect(error).toMatchObject({ name: 'StoreError', kind: 'conflict' });
          return -1;
        });
        await writeValue(transaction, value + 10).catch(() => undefined);
        return attempt;
      });
      await begun.passed;
      await add(store);
      changed.open();
      expect(await slow).toBe(2);
      expect(await valueIn(store)).toBe(11);
    });

    it('that write nothing run once, whatever others change after they have read it', async () => {
      const store = await storeWithCounter(1);
      const [begun, changed] = [gate(), gate()];
      const slow = store.transaction(async (transaction, attempt) => {
        const value = await valueIn(transaction);
        begun.open();
        await changed.passed;
        return [attempt, value];
      });
      await begun.passed;
      await add(store);
      changed.open();
      expect(await slow).toEqual([1, 1]);
    });

    it('end with an error of their own in one attempt', async () => {
      const store = await storeWithCounter();
      const [begun, changed] = [gate(), gate()];
      let attempts = 0;
      const slow = store.transaction(async (transaction) => {
        attempts += 1;
        await valueIn(transaction);
        begun.open();
        await changed.passed;
        throw new RangeError('no');
      });
      await begun.passed;
      await add(store);
      changed.open();
      await expect(slow).rejects.toThrow(new RangeError('no'));
      expect(attempts).toBe(1);
    });

    it('are given up with a conflict after three attempts', async () => {
      const store = await storeWithCounter();
      const attempts: number[] = [];
      const unlucky = store.transaction(async (transaction, attempt) => {
        attempts.push(attempt);
        const value = await valueIn(transaction);
        await add(store);
        await writeValue(transaction, value + 100);
      });
      await expect(unlucky).rejects.toThrow(StoreError);
      await expect(unlucky).rejects.toMatchObject({ kind: 'conflict' });
      expect(attempts).toEqual([1, 2, 3]);
      expect(await valueIn(store)).toBe(3);
    });

    it('commit nothing when nobody waits for the result any more', async () => {
      const store = await storeWithCounter();
      const cancellation = new Cancellation();
      const gone = store.transaction(
        async (transaction) => {
          await writeValue(transaction, 9);
          cancellation.abort(new RangeError('gone'));
        },
        { id: 'call-1', user: undefined, cancellation },
      );
      await expect(gone).rejects.toThrow(new RangeError('gone'));
      expect(await valueIn(store)).toBe(0);
    });
  });

  describe('a claim', () => {
    it('keeps others from committing until the transaction ends, whatever it waits for', async () => {
      const store = await storeWithCounter();
      const order: string[] = [];
      const begun = gate();
      const exclusive = store.transaction(async (transaction) => {
        const value = await valueIn(transaction);
        await transaction.claim();
        begun.open();
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push('claimed');
        await writeValue(transaction, value + 10);
      });
      await begun.passed;
      const other = add(store).then(() => order.push('other'));
      await Promise.all([exclusive, other]);
      expect(order).toEqual(['claimed', 'other']);
      expect(await valueIn(store)).toBe(11);
    });

    it('waits for its turn, and makes the work run again when what it read is no longer so', async () => {
      const store = await storeWithCounter();
      const [begun, changed] = [gate(), gate()];
      const claimed: number[] = [];
      const exclusive = store.transaction(async (transaction, attempt) => {
        const value = await valueIn(transaction);
        begun.open();
        await changed.passed;
        await transaction.claim();
        claimed.push(attempt);
        await writeValue(transaction, value + 10);
      });
      await begun.passed;
      await add(store);
      changed.open();
      await exclusive;
      expect(claimed).toEqual([2]);
      expect(await valueIn(store)).toBe(11);
    });

    it('that nobody waits for holds nobody up', async () => {
      const store = await storeWithCounter();
      const ended = gate();
      const holding = store.transaction(async (transaction) => {
        await transaction.claim();
        await ended.passed;
      });
      let abandoned: Promise<unknown> = Promise.resolve();
      const quick = store.transaction(async (transaction) => {
        abandoned = transaction.claim();
        abandoned.catch(() => undefined);
      });
      ended.open();
      await Promise.all([holding, quick]);
      await add(store);
      expect(await valueIn(store)).toBe(1);
    });

    it('is refused after the end', async () => {
      const store = await createStore();
      let kept: InstanceTransaction | undefined;
      await store.transaction(async (transaction) => {
        kept = transaction;
      });
      await expect(kept?.claim()).rejects.toThrow(TypeError);
    });
  });
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceReader, InstanceStore, InstanceTransaction } from '../../../src/cim/contracts/instance-store.js';
import { collect, collectPages, instance, namespace, path } from '../instance-builders.js';
import type { Rounds } from './rounds.js';

const accounts = ['a', 'b', 'c', 'd'] as const;
const START = 100;

/** A transfer, with the rounds of the event loop that pass after each of its steps. */
const anyTransfer = fc.record({
  from: fc.constantFrom(...accounts),
  to: fc.constantFrom(...accounts),
  amount: fc.integer({ min: 1, max: 9 }),
  view: fc.constantFrom('get', 'scan', 'page', 'findByKeys'),
  pauses: fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }),
  outcome: fc.constantFrom('commits', 'commits', 'commits', 'fails', 'discards', 'claims'),
});
type Transfer = typeof anyTransfer extends fc.Arbitrary<infer T> ? T : never;

async function pause(rounds = 0): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await new Promise((resolve) => setImmediate(resolve));
}

const balanceOf = (found: { get(name: string): unknown } | undefined) => Number(found?.get('Balance'));

/** All balances, read one by one or together. */
async function view(reader: InstanceReader, { view: kind, pauses }: Transfer): Promise<Map<string, number>> {
  if (kind === 'scan' || kind === 'page') {
    const read = kind === 'scan' ? collect(reader.scan(namespace, 'Account')) : collectPages(reader, 'Account', 2);
    return new Map((await read).map((found) => [found.getString('Id') ?? '', balanceOf(found)]));
  }
  const balances = new Map<string, number>();
  for (const [at, name] of accounts.entries()) {
    const account = path('Account', name);
    const [found] =
      kind === 'get' ? [await reader.get(account)] : await reader.findByKeys(namespace, account.canonicalKeys);
    balances.set(name, balanceOf(found));
    await pause(pauses[at]);
  }
  return balances;
}

const sum = (balances: Map<string, number>) => [...balances.values()].reduce((a, b) => a + b, 0);

async function transfer(writer: InstanceTransaction, plan: Transfer, views: Map<string, number>[]): Promise<void> {
  const { from, to, amount, pauses, outcome } = plan;
  if (outcome === 'claims') await writer.claim();
  const balances = await view(writer, plan);
  views.push(balances);
  await writer.put(instance('Account', from, { Balance: (balances.get(from) ?? 0) - amount }));
  await pause(pauses[4]);
  // Read anew: the two may be the same account.
  const other = balanceOf(await writer.get(path('Account', to)));
  await writer.put(instance('Account', to, { Balance: other + amount }));
  await pause(pauses[5]);
  views.push(await view(writer, plan));
  if (outcome === 'fails') throw new RangeError('planned');
  if (outcome === 'discards') writer.discard();
}

/** The balances after every transfer that was committed, in whatever order. */
function replay(plans: readonly Transfer[], outcomes: readonly PromiseSettledResult<void>[]): Map<string, number> {
  const expected = new Map<string, number>(accounts.map((name) => [name, START]));
  const add = (name: string, amount: number) => expected.set(name, (expected.get(name) ?? 0) + amount);
  for (const [at, { from, to, amount, outcome }] of plans.entries()) {
    const settled = outcomes[at];
    if (settled?.status === 'rejected') {
      const reason: unknown = settled.reason;
      expect(reason).toMatchObject(outcome === 'fails' ? {} : { kind: 'conflict' });
    } else if (outcome !== 'discards') {
      add(from, -amount);
      add(to, amount);
    }
  }
  return expected;
}

/** That whatever runs together gives what some order of one after the other gives. */
export function describeSerialOrder(createStore: () => InstanceStore | Promise<InstanceStore>, rounds: Rounds): void {
  describe('transactions in any interleaving', () => {
    it('keep what each of them keeps, in every view of every attempt, and lose nothing that was committed', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyTransfer, { minLength: 2, maxLength: 8 }), async (plans) => {
          const store = await createStore();
          await store.transaction(async (transaction) => {
            for (const name of accounts) await transaction.put(instance('Account', name, { Balance: START }));
          });
          const views: Map<string, number>[] = [];
          const outcomes = await Promise.allSettled(
            plans.map(async (plan) => {
              await pause(plan.pauses[6]);
              return store.transaction((transaction) => transfer(transaction, plan, views));
            }),
          );
          for (const balances of views) expect(sum(balances)).toBe(accounts.length * START);
          const expected = replay(plans, outcomes);
          const left = await collect(store.scan(namespace, 'Account'));
          expect(new Map(left.map((found) => [found.getString('Id'), balanceOf(found)]))).toEqual(expected);
          await store.close();
        }),
        { numRuns: rounds(200) },
      );
    });
  });
}

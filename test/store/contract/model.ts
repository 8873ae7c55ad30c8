import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceReader, InstanceStore, InstanceTransaction } from '../../../src/cim/contracts/instance-store.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { collect, collectPages, namespace } from '../instance-builders.js';
import type { Rounds } from './rounds.js';

/** What the store holds, by canonical path, oldest first: all that a naive implementation needs. */
type Model = Map<string, CimInstance>;

const classes = ['Disk', 'Tape', 'Link'] as const;
const keys = ['a', 'b', 'c', 'd'] as const;

const anyPath = fc
  .record({ className: fc.constantFrom(...classes), id: fc.constantFrom(...keys) })
  .map(({ className, id }) => new InstancePath({ namespace, className, keys: { Id: id } }));

const anyInstance = fc
  .record({
    path: anyPath,
    note: fc.nat(9),
    first: fc.option(anyPath),
    many: fc.option(fc.array(fc.option(anyPath), { maxLength: 3 })),
  })
  .map(
    ({ path, note, first, many }) =>
      new CimInstance(path.className, Object.entries({ Note: note, First: first, Many: many }), path),
  );

type Write =
  | { readonly kind: 'put'; readonly instance: CimInstance }
  | { readonly kind: 'delete'; readonly path: InstancePath }
  | { readonly kind: 'discard' | 'clear' };

const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  { weight: 6, arbitrary: anyInstance.map((instance) => ({ kind: 'put' as const, instance })) },
  { weight: 4, arbitrary: anyPath.map((path) => ({ kind: 'delete' as const, path })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'discard' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
);

const anyTransaction = fc.record({ writes: fc.array(anyWrite, { maxLength: 8 }), fails: fc.boolean() });

/** None that clears: the order of those before it is not told then. */
const anyKept = fc.record({
  writes: fc.array(
    anyWrite.filter(({ kind }) => kind !== 'clear'),
    { maxLength: 8 },
  ),
  fails: fc.boolean(),
});

function refersTo(instance: CimInstance, target: InstancePath, role: string | undefined): boolean {
  return [...instance.properties].some(([name, value]) => {
    if (role !== undefined && name !== role) return false;
    const values = Array.isArray(value) ? value : [value];
    return values.some((each) => each instanceof InstancePath && each.equals(target));
  });
}

/** Compares every look-up with what filtering the whole model gives. */
async function expectSame(reader: InstanceReader, model: Model): Promise<void> {
  const all = [...model.values()];
  for (const className of classes) {
    const ofClass = all.filter((each) => each.className === className);
    expect(await reader.count(namespace, [className])).toEqual([ofClass.length]);
    expect(await collect(reader.scan(namespace, className))).toEqual(ofClass);
    expect(await collectPages(reader, className, 2)).toEqual(ofClass);
    await expectSameByValue(reader, className, ofClass);
    for (const id of keys) {
      const path = new InstancePath({ namespace, className, keys: { Id: id } });
      expect(await reader.get(path)).toBe(model.get(path.canonical));
      const sameKeys = all.filter((each) => each.path?.canonicalKeys === path.canonicalKeys);
      expect(new Set(await reader.findByKeys(namespace, path.canonicalKeys))).toEqual(new Set(sameKeys));
      for (const role of [undefined, 'First', 'Many']) {
        const filter = { classNames: ['Link', 'Disk'], role };
        const referring = all.filter((each) => each.className !== 'Tape' && refersTo(each, path, role));
        const found = await reader.referencing(path, filter);
        expect(found).toHaveLength(referring.length);
        expect(new Set(found)).toEqual(new Set(referring));
      }
    }
  }
}

/** Looks numbers up by value; references by what they refer to; of a property with arrays it may be that nothing can be. */
async function expectSameByValue(reader: InstanceReader, className: string, ofClass: CimInstance[]): Promise<void> {
  for (const note of [0, 1, 2]) {
    const noted = ofClass.filter((each) => each.get('Note') === note);
    expect(new Set(await reader.findEqual(namespace, [className], 'NOTE', BigInt(note)))).toEqual(new Set(noted));
  }
  const target = new InstancePath({ className: 'Disk', keys: { Id: 'A' } });
  const absolute = target.inNamespace(namespace);
  const referring = ofClass.filter(({ properties }) => {
    const first = properties.get('First');
    return first instanceof InstancePath && first.equals(absolute);
  });
  expect(new Set(await reader.findEqual(namespace, [className], 'First', target))).toEqual(new Set(referring));
  expect((await reader.findEqual(namespace, [className], 'Many', 'a')) ?? []).toEqual([]);
}

async function applyTo(model: Model, committed: Model, transaction: InstanceTransaction, write: Write): Promise<void> {
  if (write.kind === 'put') {
    model.set(write.instance.path?.canonical ?? '', write.instance);
    await transaction.put(write.instance);
  } else if (write.kind === 'delete') {
    expect(await transaction.delete(write.path)).toBe(model.delete(write.path.canonical));
  } else if (write.kind === 'clear') {
    model.clear();
    await transaction.clear();
  } else {
    model.clear();
    for (const [path, instance] of committed) model.set(path, instance);
    transaction.discard();
  }
}

/** Runs the transaction against both, comparing after every write; the model changes when the store should. */
class TransactionCommand implements fc.AsyncCommand<{ model: Model }, InstanceStore> {
  constructor(readonly plan: { readonly writes: readonly Write[]; readonly fails: boolean }) {}

  check(): boolean {
    return true;
  }

  async run(state: { model: Model }, store: InstanceStore): Promise<void> {
    const inside: Model = new Map(state.model);
    const result = store.transaction(async (transaction) => {
      for (const write of this.plan.writes) {
        await applyTo(inside, state.model, transaction, write);
        await expectSame(transaction, inside);
        await expectSame(store, state.model);
      }
      if (this.plan.fails) throw new RangeError('planned');
    });
    if (this.plan.fails) await expect(result).rejects.toThrow(new RangeError('planned'));
    else await result;
    const keeps = !this.plan.fails && this.plan.writes.every(({ kind }) => kind !== 'discard');
    if (keeps) state.model = inside;
    await expectSame(store, state.model);
    expect(await store.all()).toEqual([...state.model.values()]);
  }

  toString(): string {
    return `transaction(${fc.stringify(this.plan)})`;
  }
}

/** Leaves the model as it was when the plan is to change nothing. */
async function applyPlan(
  model: Model,
  before: Model,
  transaction: InstanceTransaction,
  { writes, fails }: { readonly writes: readonly Write[]; readonly fails: boolean },
): Promise<void> {
  for (const write of writes) await applyTo(model, before, transaction, write);
  if (!fails && writes.every(({ kind }) => kind !== 'discard')) return;
  model.clear();
  for (const [path, instance] of before) model.set(path, instance);
}

/** Everything at random, against the simplest implementation there is. */
export function describeModel(createStore: () => InstanceStore | Promise<InstanceStore>, rounds: Rounds): void {
  describe('compared with a plain map, it', () => {
    it('behaves as a plain map does, in and outside of transactions that commit, fail and discard', async () => {
      const commands = fc.commands([anyTransaction.map((plan) => new TransactionCommand(plan))], { maxCommands: 6 });
      await fc.assert(
        fc.asyncProperty(commands, (plan) =>
          fc.asyncModelRun(async () => ({ model: { model: new Map() }, real: await createStore() }), plan),
        ),
        { numRuns: rounds(20) },
      );
    });

    it('runs transactions asked for together as if one had followed the other, with scans seeing one state', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyKept, { minLength: 2, maxLength: 6 }), async (plans) => {
          await runTogether(await createStore(), plans);
        }),
        { numRuns: rounds(60) },
      );
    });
  });
}

interface Seen {
  readonly before: Model;
  readonly after: Model;
}

/** Runs all plans at once, and does them again on a model in the order in which they were committed. */
async function runTogether(
  store: InstanceStore,
  plans: readonly { readonly writes: readonly Write[]; readonly fails: boolean }[],
): Promise<void> {
  const start = await store.version();
  /** What the last attempt of each has seen, and left. */
  const seen: Seen[] = [];
  const scans: Promise<CimInstance[]>[] = [];
  const runs = plans.map((plan, at) => {
    const work = async (transaction: InstanceTransaction) => {
      scans.push(collect(store.scan(namespace, 'Disk')));
      seen[at] = await applyToAll(transaction, plan);
      if (plan.fails) throw new RangeError('planned');
    };
    return store.transaction(work, { id: `${at}`, user: undefined });
  });
  for (const run of await Promise.allSettled(runs)) {
    if (run.status === 'rejected') expect(run.reason).toEqual(new RangeError('planned'));
  }
  const changes = await store.changes(start, plans.length + 1);
  // What was made and removed again is nothing, whether or not a store counts it as a commit.
  const commits = changes.kind === 'commits' ? changes.commits.filter((commit) => commit.changes.length > 0) : [];
  const order = commits.map(({ origin }) => Number(origin?.id));
  const states: Model[] = [new Map()];
  for (const at of order) {
    expect(instancesOf(seen[at]?.before)).toEqual(instancesOf(states.at(-1)));
    states.push(seen[at]?.after ?? new Map());
  }
  const writers = plans.flatMap((plan, at) => (keeps(plan) && isChanged(seen[at]) ? [at] : []));
  expect([...order].sort()).toEqual(writers);
  const committed = states.map(instancesOf);
  for (const { before } of seen) expect(committed).toContainEqual(instancesOf(before));
  expect(instancesOf(await modelOf(store))).toEqual(committed.at(-1));
  const disks = states.map((model) => disksOf(model));
  for (const scan of await Promise.all(scans)) expect(disks).toContain(scan.length);
}

/** Applies a plan to all that a transaction sees, and to a model of it. */
async function applyToAll(
  transaction: InstanceTransaction,
  plan: { readonly writes: readonly Write[]; readonly fails: boolean },
): Promise<Seen> {
  const before = await modelOf(transaction);
  const after: Model = new Map(before);
  await applyPlan(after, before, transaction, plan);
  await expectSame(transaction, keeps(plan) ? after : await modelOf(transaction));
  return { before, after };
}

function keeps({ writes, fails }: { readonly writes: readonly Write[]; readonly fails: boolean }): boolean {
  return !fails && writes.every(({ kind }) => kind !== 'discard');
}

function isChanged({ before, after }: Seen = { before: new Map(), after: new Map() }): boolean {
  return before.size !== after.size || [...after].some(([path, instance]) => before.get(path) !== instance);
}

/** All that a reader sees. */
async function modelOf(reader: InstanceReader): Promise<Model> {
  const model: Model = new Map();
  for (const className of classes) {
    for (const each of await collect(reader.scan(namespace, className))) model.set(each.path?.canonical ?? '', each);
  }
  return model;
}

function instancesOf(model: Model = new Map()): (readonly [string, CimInstance])[] {
  return [...model].sort(([a], [b]) => (a < b ? -1 : 1));
}

function disksOf(model: Model): number {
  return [...model.values()].filter((each) => each.className === 'Disk').length;
}

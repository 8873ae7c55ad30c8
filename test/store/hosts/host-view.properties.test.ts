import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { collect, collectPages, namespace } from '../instance-builders.js';
import { shared, viewOf } from './two-hosts.js';

const HOSTS = ['srv01.lab.example', 'srv02.lab.example', 'srv03.lab.example'] as const;
type Host = (typeof HOSTS)[number];

/** What all hosts hold, by host (`shared` for what all have) and canonical path, as whoever wrote it saw it. */
type Model = ReadonlyMap<Host | 'shared', Map<string, CimInstance>>;

const anyTarget = fc.record({ in: fc.constantFrom(namespace, shared), id: fc.constantFrom('a', 'b', 'c') });
const pathTo = ({ in: where, id }: { in: string; id: string }) =>
  new InstancePath({ namespace: where, className: 'Disk', keys: { Id: id } });

const anyInstance = fc
  .record({
    at: anyTarget,
    to: fc.option(anyTarget),
    many: fc.array(anyTarget, { maxLength: 2 }),
    within: fc.option(anyTarget),
    isLink: fc.boolean(),
    note: fc.nat(3),
  })
  .map(({ at, to, many, within, isLink, note }) => {
    const embedded = within && new CimInstance('Setting', Object.entries({ Of: pathTo(within) }));
    const values = { Note: note, To: to && pathTo(to), Many: many.map(pathTo), Embedded: embedded };
    // The keys of a link are references, as those of associations are.
    const keys = isLink ? { From: pathTo(at), Id: at.id } : { Id: at.id };
    const className = isLink ? 'Link' : 'Disk';
    return new CimInstance(
      className,
      Object.entries({ ...keys, ...values }),
      new InstancePath({ namespace: at.in, className, keys }),
    );
  });

const anyStep = fc.record({
  host: fc.constantFrom(...HOSTS),
  kind: fc.constantFrom('put', 'put', 'put', 'delete', 'clear', 'fail'),
  instance: anyInstance,
  others: fc.array(anyInstance, { maxLength: 2 }),
});
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

const roomOf = (model: Model, host: Host, { path }: CimInstance) =>
  model.get(path?.namespace === shared ? 'shared' : host) ?? new Map<string, CimInstance>();
const keyOf = ({ path }: CimInstance) => path?.canonical ?? '';

async function perform(store: InstanceStore, model: Model, { host, kind, instance, others }: Step): Promise<void> {
  const failed = store.transaction(async (transaction) => {
    if (kind === 'clear') await transaction.clear();
    if (kind === 'delete' && instance.path) await transaction.delete(instance.path);
    else await transaction.putMany([instance, ...others]);
    if (kind === 'fail') throw new RangeError('no');
  });
  if (kind === 'fail') return expect(failed).rejects.toThrow('no');
  await failed;
  if (kind === 'clear') model.get(host)?.clear();
  if (kind === 'delete') return void roomOf(model, host, instance).delete(keyOf(instance));
  for (const one of [instance, ...others]) roomOf(model, host, one).set(keyOf(one), one);
}

/** A reference to an own namespace that was written by another host into what both have: it is seen with that host's name. */
const isForeign = (path: InstancePath) => path.host !== undefined;

async function expectToSee(store: InstanceStore, model: Model, host: Host): Promise<void> {
  const own = [...(model.get(host)?.values() ?? [])];
  const common = [...(model.get('shared')?.values() ?? [])];
  for (const one of own) expect(await store.get(one.path as InstancePath)).toBe(one);
  for (const className of ['Disk', 'Link']) {
    const mine = own.filter((one) => one.className === className);
    const numbers = [mine.length, common.filter((one) => one.className === className).length];
    expect([...(await store.count(namespace, [className])), ...(await store.count(shared, [className]))]).toEqual(
      numbers,
    );
    expect(new Set(await collect(store.scan(namespace, className)))).toEqual(new Set(mine));
    expect(await collectPages(store, className, 2)).toHaveLength(mine.length);
  }
  expect((await store.all()).filter(({ path }) => path?.namespace === namespace)).toHaveLength(own.length);
  for (const id of ['a', 'b']) {
    const target = pathTo({ in: namespace, id });
    const refers = (one: CimInstance) => [...one.properties].some(([, value]) => refersTo(value, target));
    const found = await store.referencing(target);
    expect(new Set(found.filter(({ path }) => path?.namespace === namespace))).toEqual(new Set(own.filter(refers)));
    const noted = own.filter((one) => one.className === 'Disk' && refersTo(one.get('To'), target));
    expect(new Set(await store.findEqual(namespace, ['Disk'], 'To', target))).toEqual(new Set(noted));
    for (const one of own.filter(({ className }) => className === 'Link'))
      expect(await store.findByKeys(namespace, one.path?.canonicalKeys ?? '')).toEqual([one]);
  }
}

function refersTo(value: unknown, target: InstancePath): boolean {
  if (Array.isArray(value)) return value.some((one) => refersTo(one, target));
  return value instanceof InstancePath && value.equals(target) && !isForeign(value);
}

it('each host finds what it has of its own, whatever the others write, and what all have together', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
      const store = createMemoryStore();
      const views = new Map(HOSTS.map((host) => [host, viewOf(store, host)] as const));
      const model: Model = new Map([...HOSTS, 'shared' as const].map((room) => [room, new Map()] as const));
      for (const step of steps) await perform(views.get(step.host) ?? store, model, step);
      for (const [host, view] of views) await expectToSee(view, model, host);
    }),
    { numRuns: 60 },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstanceIndex } from '../../../src/store/memory/instance-index.js';
import { instance, namespace, path } from '../instance-builders.js';

const MANY = 1_500;
const disk = (id: number, size: number) => instance('Disk', String(id), { Size: size });

function fill(count = MANY): InstanceIndex {
  const index = new InstanceIndex();
  for (let id = 0; id < count; id++) index.put(path('Disk', String(id)), disk(id, id % 5));
  return index;
}

const prepare = (index: InstanceIndex) => index.prepareFindEqual(namespace, ['Disk', 'None'], 'Size', 1);
const find = (index: InstanceIndex, size: number) => index.findEqual(namespace, ['Disk'], 'Size', size);

/** Puts an instance, new or not, or removes it when it has no size. */
const change = fc.record({
  id: fc.integer({ min: 0, max: MANY + 300 }),
  size: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
});

function changeAll(
  index: InstanceIndex,
  changes: readonly { readonly id: number; readonly size: number | undefined }[],
) {
  for (const { id, size } of changes) {
    if (size === undefined) index.remove(path('Disk', String(id)));
    else index.put(path('Disk', String(id)), disk(id, size));
  }
}

describe('an index that is made in steps', () => {
  it('has what there is at its end, whatever changes between them', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 20 }), { minLength: 8, maxLength: 8 }), (changes) => {
        const index = fill();
        const steps = prepare(index);
        const changed = [...changes];
        do changeAll(index, changed.shift() ?? []);
        while (!steps?.next().done);
        expect(changed.length).toBeLessThan(4);
        for (let size = 0; size <= 5; size++) {
          const wanted = [...index.all()].filter((one) => one.get('Size') === size);
          expect(new Set(find(index, size))).toEqual(new Set(wanted));
        }
        index.put(path('Disk', 'later'), instance('Disk', 'later', { Size: 1 }));
        expect(find(index, 1)?.some((one) => one.get('Id') === 'later')).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('is made once, by whoever is first', () => {
    const index = fill();
    const [one, other] = [prepare(index), prepare(index)];
    other?.next();
    for (; !one?.next().done; );
    expect(other?.next().done).toBe(true);
    expect(prepare(index)).toBeUndefined();
    expect(find(index, 1)).toHaveLength(MANY / 5);
  });

  it('is not made for few, nor for what has no index', () => {
    expect(prepare(fill(500))).toBeUndefined();
    const index = fill();
    expect(index.prepareFindEqual(namespace, ['Disk'], 'Size', path('Host', 'h'))).toBeUndefined();
    expect(index.prepareFindEqual('root/other', ['Disk'], 'Size', 1)).toBeUndefined();
  });
});

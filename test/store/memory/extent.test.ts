import { describe, expect, it } from 'vitest';
import { Extent } from '../../../src/store/memory/extent.js';
import { instance } from '../instance-builders.js';

const many = Array.from({ length: 1000 }, (_, n) => instance('Disk', String(n)));

function filled(): { extent: Extent; cells: ReturnType<Extent['append']>[] } {
  const extent = new Extent();
  return { extent, cells: many.map((each, index) => extent.append(each, index + 1)) };
}

describe('an extent', () => {
  it('shares the cells that no write touched between two snapshots', () => {
    const { extent, cells } = filled();
    const before = extent.snapshot();
    const [cell, first] = [cells[0], many[0]];
    if (!cell || !first) throw new Error('nothing was appended');
    extent.replace(cell, 1, first.with({ Size: 2 }));
    const after = extent.snapshot();
    expect(after.map((items, index) => items === before[index])).toEqual([false, true, true, true]);
  });

  it('keeps no cell that is empty', () => {
    const { extent, cells } = filled();
    for (const [index, cell] of cells.entries()) if (index < 999) extent.remove(cell, index + 1);
    expect(extent.snapshot()).toEqual([[many[999]]]);
    expect(extent.size).toBe(1);
  });
});

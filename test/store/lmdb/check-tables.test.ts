import { describe, expect, it } from 'vitest';
import { foldName } from '../../../src/cim/model/name-map.js';
import { checkTables, countsAgree } from '../../../src/store/lmdb/check-tables.js';
import { rebuildIndices } from '../../../src/store/lmdb/rebuild-indices.js';
import { FIRST_KEY, numberKey, textKey } from '../../../src/store/lmdb/table-keys.js';
import { association, instance, namespace, path } from '../instance-builders.js';
import { commit, created, openTestBackend } from './test-tables.js';

/** Two disks, of which one is linked to the other, and an index of their names. */
async function openFilled() {
  const backend = await openTestBackend();
  const link = association('Link', { Left: path('Disk', 'a'), Right: path('Disk', 'b') });
  const all = [instance('Disk', 'a', { Name: 'x' }), instance('Disk', 'b'), link];
  await backend.append(0, [
    commit(
      1,
      all.map((one, at) => created(at + 1, one)),
    ),
  ]);
  await backend.index(foldName(namespace), foldName('Disk'), foldName('Name'));
  return backend;
}

describe('a check of a state', () => {
  it('finds nothing where nothing is wrong', async () => {
    const { tables } = await openFilled();
    expect(await checkTables(tables)).toMatchObject({ instances: 3, problems: [], isMendable: false });
    expect(countsAgree(tables)).toBe(true);
  });

  it.each<[string, (backend: Awaited<ReturnType<typeof openFilled>>) => unknown]>([
    [
      'an entry that is missing',
      ({ tables }) => tables.entries.remove([...tables.entries.getKeys({ start: FIRST_KEY })][3] ?? FIRST_KEY),
    ],
    ['an entry of nothing', ({ tables }) => tables.entries.put(Buffer.concat([FIRST_KEY, numberKey(77)]), FIRST_KEY)],
    ['a path that is missing', ({ tables }) => tables.paths.remove(textKey(path('Disk', 'a').canonical))],
    [
      'a path that leads elsewhere',
      ({ tables }) => tables.paths.put(textKey(path('Disk', 'a').canonical), Buffer.alloc(12, 1)),
    ],
    [
      'a class that is counted wrong',
      ({ tables }) => tables.counts.put([...tables.counts.getKeys({ start: FIRST_KEY })][0] ?? FIRST_KEY, numberKey(9)),
    ],
    ['a row that is gone', ({ tables }) => tables.rows.remove(numberKey(2))],
  ])('finds %s, which is mended', async (_, damage) => {
    const backend = await openFilled();
    await backend.write(() => damage(backend));
    const found = await checkTables(backend.tables);
    expect(found.problems).not.toEqual([]);
    expect(found.isMendable).toBe(true);
    await rebuildIndices(backend.tables, backend.write);
    expect((await checkTables(backend.tables)).problems).toEqual([]);
    expect(countsAgree(backend.tables)).toBe(true);
  });

  it('finds a document that is damaged, which nothing can mend', async () => {
    const { tables, write } = await openFilled();
    await write(() => tables.rows.put(numberKey(1), `1 ${JSON.stringify(path('Disk', 'a').canonical)}\n["Disk`));
    const { problems, isMendable } = await checkTables(tables);
    expect(problems).toContain('instance 1 cannot be read');
    expect(isMendable).toBe(false);
  });
});

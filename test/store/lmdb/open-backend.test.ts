import { describe, expect, it } from 'vitest';
import { foldName } from '../../../src/cim/model/name-map.js';
import { openLmdbBackend } from '../../../src/store/lmdb/open-backend.js';
import { association, collect, instance, namespace, path } from '../instance-builders.js';
import { changed, commit, created, idsOf, openTestBackend, testFolder } from './test-tables.js';

const inSpace = { namespace: foldName(namespace), className: foldName('Disk') };

describe('what is appended', () => {
  it('is found by path, keys, class, reference', async () => {
    const backend = await openTestBackend();
    const link = association('Link', { Left: path('Disk', 'a'), Right: path('Disk', 'b') });
    const all = [instance('Disk', 'a'), instance('Disk', 'b'), link].map((one, at) => created(at + 1, one));
    expect(await backend.append(0, [commit(1, all)])).toEqual({ kind: 'done' });
    const target = path('Disk', 'b').canonical;
    const { present, answers } = await backend.read([
      { kind: 'get', path: path('Disk', 'A').canonical },
      { kind: 'keys', namespace: inSpace.namespace, keys: path('Disk', 'b').canonicalKeys },
      { kind: 'count', ...inSpace },
      { kind: 'page', ...inSpace, after: 0, last: 9, limit: 1 },
      { kind: 'page', ...inSpace, after: 1, last: 9, limit: 0 },
      { kind: 'page', ...inSpace, after: 2, last: 9, limit: 0 },
      { kind: 'referencing', target },
      { kind: 'referencing', target, role: foldName('Left') },
      { kind: 'referencing', target, classNames: [foldName('Link')], role: foldName('Right') },
      { kind: 'referencing', target, classNames: [foldName('Other')] },
      { kind: 'isEmpty' },
    ]);
    expect(present).toEqual({ version: 1, sequence: 3, cleared: 0 });
    const sequences = answers.map((answer) =>
      answer.kind === 'rows'
        ? [...answer.rows.map(({ sequence }) => sequence), ...(answer.more ? ['more'] : [])]
        : answer,
    );
    expect(sequences).toEqual([
      [1],
      [2],
      { kind: 'count', count: 2 },
      [1, 'more'],
      ['more'],
      [],
      [3],
      [],
      [3],
      [],
      { kind: 'isEmpty', isEmpty: false },
    ]);
  });

  it('is not written when others have committed', async () => {
    const backend = await openTestBackend();
    await backend.append(0, [commit(1, [created(1, instance('Disk', 'a'))])]);
    const late = commit(1, [created(1, instance('Disk', 'b'))]);
    expect(await backend.append(0, [late])).toEqual({ kind: 'moved' });
    expect(await idsOf(backend, { kind: 'get', path: path('Disk', 'b').canonical })).toEqual([]);
  });

  it('is there when the folder is opened again', async () => {
    const directory = testFolder();
    const first = await openTestBackend(directory);
    await first.append(0, [commit(1, [created(1, instance('Disk', 'a'))])]);
    await first.tables.environment.close();
    const second = await openTestBackend(directory);
    expect(await idsOf(second, { kind: 'page', ...inSpace, after: 0, last: 9, limit: 9 })).toEqual(['a']);
    expect((await second.commitsAfter(0, 9)).kind).toBe('commits');
  });

  it('is found in the log with what was before', async () => {
    const backend = await openTestBackend();
    const before = instance('Disk', 'a', { Size: 5n });
    const after = before.with({ Size: 6n });
    await backend.append(0, [commit(1, [created(1, before)]), commit(2, [changed(1, before, after)])]);
    await backend.append(2, [commit(3, [changed(1, after, undefined)], { origin: { id: 'x', user: 'ann' } })]);
    const found = await backend.commitsAfter(1, 9);
    const commits = found.kind === 'commits' ? found.commits : [];
    expect(commits.map(({ version }) => version)).toEqual([2, 3]);
    expect(commits[0]?.changes[0]?.before?.get('Size')).toBe(5n);
    expect(commits[1]).toMatchObject({
      origin: { id: 'x', user: 'ann' },
      changes: [{ sequence: 1, after: undefined }],
    });
    expect(await backend.commitsAfter(1, 1)).toMatchObject({ commits: [{ version: 2 }], present: { version: 3 } });
  });

  it('leaves the log, with what was appended with it, when 1,024 others have come after all of these', async () => {
    const backend = await openTestBackend();
    const many = Array.from({ length: 1030 }, (_, at) => commit(at + 1, [created(at + 1, instance('Disk', `${at}`))]));
    await backend.append(0, many.slice(0, 4));
    await backend.append(4, many.slice(4, 8));
    for (let at = 8; at < 1025; at += 3) await backend.append(at, many.slice(at, at + 3));
    expect(await backend.commitsAfter(0, 1)).toMatchObject({ commits: [{ version: 1 }] });
    await backend.append(1025, many.slice(1025));
    expect(await backend.commitsAfter(3, 9)).toMatchObject({ kind: 'forgotten' });
    // From the middle of an entry to that of another.
    expect(await backend.commitsAfter(6, 4)).toMatchObject({
      kind: 'commits',
      commits: [{ version: 7 }, { version: 8 }, { version: 9 }, { version: 10 }],
    });
    expect(await backend.commitsAfter(1029, 9)).toMatchObject({ commits: [{ version: 1030 }] });
  });

  it('leaves the log when another process has opened it meanwhile, which knows none of its entries', async () => {
    const directory = testFolder();
    const first = await openTestBackend(directory);
    const many = Array.from({ length: 1028 }, (_, at) => commit(at + 1, [created(at + 1, instance('Disk', `${at}`))]));
    await first.append(0, many.slice(0, 2));
    await first.append(2, many.slice(2, 1026));
    await first.close();
    const second = await openTestBackend(directory);
    await second.append(1026, many.slice(1026));
    expect(await second.commitsAfter(1, 1)).toMatchObject({ kind: 'forgotten' });
    expect(await second.commitsAfter(2, 1)).toMatchObject({ commits: [{ version: 3 }] });
  });

  it('is told of from behind the last that cleared everything', async () => {
    const backend = await openTestBackend();
    const present = { version: 2, sequence: 2, cleared: 2 };
    const [first, second, third] = ['a', 'b', 'c'].map((id, at) => created(at + 1, instance('Disk', id)));
    if (!first || !second || !third) throw new Error('three');
    await backend.append(0, [
      commit(1, [first]),
      commit(2, [second], { isCleared: true, present }),
      commit(3, [third], { present: { version: 3, sequence: 3, cleared: 2 } }),
    ]);
    expect(await backend.commitsAfter(0, 9)).toMatchObject({ kind: 'forgotten' });
    expect(await backend.commitsAfter(1, 9)).toMatchObject({ kind: 'forgotten' });
    expect(await backend.commitsAfter(2, 9)).toMatchObject({ kind: 'commits', commits: [{ version: 3 }] });
  });

  it('comes to an end with what another process appended after everything was cleared', async () => {
    const first = await openTestBackend();
    // Another process knows other entries of the same tables.
    const second = openLmdbBackend(first);
    const many = Array.from({ length: 1030 }, (_, at) => commit(at + 2, [created(at + 3, instance('Disk', `${at}`))]));
    await first.append(0, [commit(1, [], { isCleared: true, present: { version: 1, sequence: 1, cleared: 1 } })]);
    await second.append(1, many.slice(0, 2));
    await first.append(3, many.slice(2, 1028));
    await first.append(1029, many.slice(1028));
    expect(await first.commitsAfter(2, 1)).toMatchObject({ kind: 'forgotten' });
    expect(await first.commitsAfter(3, 1)).toMatchObject({ commits: [{ version: 4 }] });
  });

  it('takes the place of everything when it clears', async () => {
    const backend = await openTestBackend();
    await backend.append(0, [commit(1, [created(1, instance('Disk', 'a'))])]);
    const present = { version: 2, sequence: 3, cleared: 2 };
    await backend.append(1, [commit(2, [created(3, instance('Disk', 'b'))], { isCleared: true, present })]);
    expect(await idsOf(backend, { kind: 'page', ...inSpace, after: 0, last: 9, limit: 9 })).toEqual(['b']);
    expect(await backend.read([{ kind: 'count', ...inSpace }])).toEqual({
      present,
      answers: [{ kind: 'count', count: 1 }],
    });
    expect(await backend.commitsAfter(1, 9)).toMatchObject({ kind: 'forgotten' });
  });

  it('may have a path that is longer than a key of LMDB, and one that UTF-8 cannot carry', async () => {
    const backend = await openTestBackend();
    const long = instance('Disk', 'x'.repeat(5000));
    const half = instance('Disk', 'half \ud800');
    await backend.append(0, [commit(1, [created(1, long), created(2, half)])]);
    for (const [sequence, one] of [long, half].entries()) {
      const canonical = one.path?.canonical ?? '';
      const [answer] = (await backend.read([{ kind: 'get', path: canonical }])).answers;
      expect(answer).toMatchObject({ rows: [{ sequence: sequence + 1 }] });
      expect(await backend.versionOf(canonical)).toBe(1);
    }
  });
});

describe('an index of a property', () => {
  const equal = (key: string | number) => ({ kind: 'equal', ...inSpace, property: foldName('Name'), key }) as const;

  it('is made when it is asked for, and kept by what is appended later', async () => {
    const backend = await openTestBackend();
    const first = instance('Disk', 'a', { Name: 'One' });
    await backend.append(0, [commit(1, [created(1, first), created(2, instance('Disk', 'b', { Name: 'two' }))])]);
    expect(await idsOf(backend, equal('one'))).toEqual({ kind: 'unindexed' });
    await backend.index(inSpace.namespace, inSpace.className, foldName('Name'));
    expect(await idsOf(backend, equal(foldName('one')))).toEqual(['a']);
    await backend.append(1, [commit(2, [changed(1, first, first.with({ Name: 'TWO' }))])]);
    expect(await idsOf(backend, equal(foldName('two')))).toEqual(['a', 'b']);
    expect(await idsOf(backend, equal(foldName('one')))).toEqual([]);
  });

  it('says when a value cannot be looked up', async () => {
    const backend = await openTestBackend();
    const odd = instance('Disk', 'a', { Name: [1, 2] });
    await backend.append(0, [commit(1, [created(1, odd)])]);
    await backend.index(inSpace.namespace, inSpace.className, foldName('Name'));
    expect(await idsOf(backend, equal(1))).toEqual({ kind: 'unkeyed' });
    await backend.append(1, [commit(2, [changed(1, odd, undefined)])]);
    expect(await idsOf(backend, equal(1))).toEqual([]);
  });
});

describe('everything', () => {
  it('is given in batches as it was when the first was asked for', async () => {
    const backend = await openTestBackend();
    const many = Array.from({ length: 600 }, (_, at) => created(at + 1, instance('Disk', `${at}`)));
    await backend.append(0, [commit(1, many)]);
    const batches = backend.all()[Symbol.asyncIterator]();
    const first = await batches.next();
    await backend.append(1, [commit(2, [created(601, instance('Disk', 'late'))])]);
    const rest = await collect({ [Symbol.asyncIterator]: () => batches });
    const sequences = [...first.value, ...rest.flat()].map(({ sequence }) => sequence);
    expect(sequences).toEqual(Array.from({ length: 600 }, (_, at) => at + 1));
  });
});

import { afterAll, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { Backend, Read, StoredChange, StoredCommit } from '../../../src/store/durable/backend.js';
import { writeDocument } from '../../../src/store/durable/write-document.js';
import { openPostgresBackend } from '../../../src/store/postgres/open-postgres-backend.js';
import { association, collect, instance, path } from '../instance-builders.js';
import { sharedPostgres } from './shared-postgres.js';

const postgres = await sharedPostgres();
const opened: Backend[] = [];
afterAll(() => Promise.all(opened.map((backend) => backend.close())));

/** Some that have one state, each with connections of its own. */
async function open(count = 1): Promise<Backend[]> {
  const url = postgres?.url() ?? '';
  const backends = await Promise.all(Array.from({ length: count }, () => openPostgresBackend(url)));
  opened.push(...backends);
  return backends;
}

async function openOne(): Promise<Backend> {
  const [backend] = await open();
  if (!backend) throw new Error('none was opened');
  return backend;
}

async function openTwo(): Promise<readonly [Backend, Backend]> {
  const [first, second] = await open(2);
  if (!first || !second) throw new Error('none was opened');
  return [first, second];
}

let commits = 0;

function commit(version: number, sequence: number, changes: readonly StoredChange[], cleared = 0): StoredCommit {
  commits += 1;
  return {
    version,
    id: `commit ${commits}`,
    origin: { id: 'call', user: undefined },
    isCleared: cleared > 0,
    changes,
    present: { version, sequence, cleared },
  };
}

function created(sequence: number, after: CimInstance): StoredChange {
  if (!after.path) throw new Error('no path');
  return { path: after.path, sequence, before: undefined, after };
}

const changed = (sequence: number, before: CimInstance, after: CimInstance | undefined): StoredChange => ({
  ...created(sequence, before),
  before,
  after,
});

const get = (id: string): Read => ({ kind: 'get', path: path('A', id).canonical });
const count = (className = 'a'): Read => ({ kind: 'count', namespace: 'root/test', className });
const page = (after: number, last: number, limit: number): Read => ({
  ...{ kind: 'page', namespace: 'root/test', className: 'a', after, last, limit },
});
const equal = (key: string | number): Read => ({
  ...{ kind: 'equal', namespace: 'root/test', className: 'a', property: 'name', key },
});

const one = instance('A', '1', { Name: 'one' });
const two = instance('A', '2', { Name: 'two' });

describe.skipIf(!postgres)('the PostgreSQL backend', () => {
  it('is empty at first, at version 0', async () => {
    const backend = await openOne();
    const { present, answers } = await backend.read([
      { kind: 'isEmpty' },
      get('1'),
      count(),
      page(0, 9, 5),
      equal('x'),
    ]);
    expect(present).toEqual({ version: 0, sequence: 0, cleared: 0 });
    expect(answers).toEqual([
      { kind: 'isEmpty', isEmpty: true },
      { kind: 'rows', rows: [] },
      { kind: 'count', count: 0 },
      { kind: 'rows', rows: [], more: false },
      { kind: 'unindexed' },
    ]);
  });

  it('answers all that is asked at once, of what was appended', async () => {
    const backend = await openOne();
    const link = association('L', { From: path('A', '1'), To: path('A', '2') });
    await backend.append(0, [commit(1, 1, [created(1, one)]), commit(2, 3, [created(2, two), created(3, link)])]);
    const row = (sequence: number, version: number, of: CimInstance) => ({
      sequence,
      version,
      document: writeDocument(of),
    });
    const target = path('A', '1').canonical;
    const { present, answers } = await backend.read([
      ...[get('2'), get('none'), { kind: 'keys', namespace: 'root/test', keys: path('A', '1').canonicalKeys } as Read],
      ...[page(0, 9, 1), page(1, 9, 5), page(0, 1, 0), count('l'), { kind: 'isEmpty' } as Read],
      ...[{ kind: 'referencing', target } as Read, { kind: 'referencing', target, role: 'from' } as Read],
      ...[{ kind: 'referencing', target, role: 'to' } as Read],
      ...[{ kind: 'referencing', target, classNames: ['x', 'l'] } as Read],
      ...[{ kind: 'referencing', target, classNames: ['x'] } as Read],
    ]);
    expect(present).toEqual({ version: 2, sequence: 3, cleared: 0 });
    expect(answers).toEqual([
      ...[
        { kind: 'rows', rows: [row(2, 2, two)] },
        { kind: 'rows', rows: [] },
        { kind: 'rows', rows: [row(1, 1, one)] },
      ],
      { kind: 'rows', rows: [row(1, 1, one)], more: true },
      { kind: 'rows', rows: [row(2, 2, two)], more: false },
      { kind: 'rows', rows: [], more: true },
      ...[
        { kind: 'count', count: 1 },
        { kind: 'isEmpty', isEmpty: false },
      ],
      ...[
        { kind: 'rows', rows: [row(3, 2, link)] },
        { kind: 'rows', rows: [row(3, 2, link)] },
      ],
      ...[
        { kind: 'rows', rows: [] },
        { kind: 'rows', rows: [row(3, 2, link)], ends: [row(2, 2, two)] },
        { kind: 'rows', rows: [] },
      ],
    ]);
  });

  it('appends nothing when others were quicker, says what they did, and then what follows theirs', async () => {
    const [first, second] = await openTwo();
    const quicker = commit(1, 1, [created(1, one)]);
    expect(await first.append(0, [quicker])).toEqual({ kind: 'done' });
    const since = { kind: 'commits', commits: [quicker], present: quicker.present };
    expect(await second.append(0, [commit(1, 1, [created(1, two)])])).toEqual({ kind: 'moved', since });
    expect((await second.read([get('2')])).answers).toEqual([{ kind: 'rows', rows: [] }]);
    expect(await second.append(1, [commit(2, 2, [created(2, two)])])).toEqual({ kind: 'done' });
    expect((await first.read([count()])).answers).toEqual([{ kind: 'count', count: 2 }]);
  });

  it('has those who meet take turns: whoever has lost is the next, however often the other comes', async () => {
    const backends = await openTwo();
    const outcomes = backends.map(() => [] as string[]);
    const write = async (backend: Backend, told: string[] | undefined) => {
      for (let version = 0; told && told.filter((kind) => kind === 'done').length < 10; ) {
        const appended = await backend.append(version, [commit(version + 1, 0, [])]);
        told.push(appended.kind);
        const since = appended.kind === 'moved' ? appended.since : undefined;
        // What comes with the answer is all there is to know.
        version = since?.kind === 'commits' ? since.present.version : version + 1;
      }
    };
    await Promise.all(backends.map((backend, at) => write(backend, outcomes[at])));
    expect(outcomes.flat()).toContain('moved');
    for (const told of outcomes) expect(told.join(' ')).not.toContain('moved moved');
  });

  it('is done with what it is asked for again', async () => {
    const backend = await openOne();
    const again = [commit(1, 1, [created(1, one)])];
    await backend.append(0, again);
    expect(await backend.append(0, again)).toEqual({ kind: 'done' });
    expect((await backend.read([count()])).answers).toEqual([{ kind: 'count', count: 1 }]);
  });

  it('tells commits as they were made', async () => {
    const [first, second] = await openTwo();
    const other = instance('A', '1', { Name: 'a \u0000 and half a pair \ud800' });
    const made = [
      commit(1, 1, [created(1, one)]),
      commit(2, 1, [changed(1, one, other)]),
      commit(3, 2, [{ ...changed(2, other, one), formerSequence: 1 }]),
      commit(4, 2, [changed(2, one, undefined)]),
    ];
    await first.append(0, made.slice(0, 2));
    await first.append(2, made.slice(2));
    const present = { version: 4, sequence: 2, cleared: 0 };
    expect(await second.commitsAfter(0, 10)).toEqual({ kind: 'commits', commits: made, present });
    expect(await second.commitsAfter(1, 1)).toEqual({ kind: 'commits', commits: made.slice(1, 2), present });
    expect(await second.commitsAfter(4, 10)).toEqual({ kind: 'commits', commits: [], present });
  });

  it('has an instance that was removed and put again in one append once, with its new sequence', async () => {
    const backend = await openOne();
    await backend.append(0, [commit(1, 1, [created(1, one)])]);
    await backend.append(1, [commit(2, 1, [changed(1, one, undefined)]), commit(3, 2, [created(2, one)])]);
    const { answers } = await backend.read([get('1'), count(), page(0, 9, 9)]);
    const rows = [{ sequence: 2, version: 3, document: writeDocument(one) }];
    expect(answers).toEqual([
      { kind: 'rows', rows },
      { kind: 'count', count: 1 },
      { kind: 'rows', rows, more: false },
    ]);
    expect(await backend.versionOf(path('A', '1').canonical)).toBe(3);
  });

  it('clears everything, and forgets the commits of before', async () => {
    const [first, second] = await openTwo();
    await first.append(0, [commit(1, 1, [created(1, one)])]);
    await first.append(1, [commit(2, 3, [created(3, two)], 2)]);
    expect((await second.read([get('1'), count(), { kind: 'isEmpty' }, page(0, 9, 9)])).answers).toEqual([
      { kind: 'rows', rows: [] },
      { kind: 'count', count: 1 },
      { kind: 'isEmpty', isEmpty: false },
      { kind: 'rows', rows: [{ sequence: 3, version: 2, document: writeDocument(two) }], more: false },
    ]);
    expect(await second.commitsAfter(1, 10)).toMatchObject({ kind: 'forgotten', present: { version: 2, cleared: 2 } });
    expect(await second.versionOf(path('A', '1').canonical)).toBeUndefined();
    expect((await collect(second.all())).flat()).toHaveLength(1);
  });

  it('keeps an index right that another has made, whoever commits', async () => {
    const [first, second] = await openTwo();
    await first.append(0, [commit(1, 1, [created(1, one)])]);
    await second.index('root/test', 'a', 'name');
    // This one does not know of the index yet.
    await first.append(1, [commit(2, 2, [created(2, two), changed(1, one, instance('A', '1', { Name: 'TWO' }))])]);
    const { answers } = await first.read([equal('two'), equal('one')]);
    expect(answers.map((answer) => answer.kind === 'rows' && answer.rows.map(({ sequence }) => sequence))).toEqual([
      [1, 2],
      [],
    ]);
    await second.append(2, [commit(3, 3, [created(3, instance('A', '3', { Name: ['a list'] }))])]);
    expect((await first.read([equal('two')])).answers).toEqual([{ kind: 'unkeyed' }]);
  });

  it('makes an index of many instances while others commit', async () => {
    const [first, second] = await openTwo();
    const many = Array.from({ length: 1700 }, (_, index) =>
      instance('A', `${index + 1}`, { Name: `name ${index % 17}` }),
    );
    await first.append(0, [
      commit(
        1,
        1700,
        many.map((each, index) => created(index + 1, each)),
      ),
    ]);
    const making = Promise.all([second.index('root/test', 'a', 'name'), first.index('root/test', 'a', 'name')]);
    let version = 1;
    for (const [index, each] of many.slice(0, 34).entries()) {
      const after = instance('A', `${index + 1}`, { Name: 'moved' });
      expect(await first.append(version, [commit(version + 1, 1700, [changed(index + 1, each, after)])])).toEqual({
        kind: 'done',
      });
      version += 1;
    }
    await making;
    const { answers } = await first.read([equal('moved'), equal('name 3')]);
    expect(answers.map((answer) => answer.kind === 'rows' && answer.rows.length)).toEqual([34, 98]);
  });

  it('gives every row of one moment, whatever happens meanwhile', async () => {
    const backend = await openOne();
    const many = Array.from({ length: 1200 }, (_, index) => instance('A', `${index}`));
    await backend.append(0, [
      commit(
        1,
        1200,
        many.map((each, index) => created(index + 1, each)),
      ),
    ]);
    const seen: number[] = [];
    for await (const rows of backend.all()) {
      if (seen.length === 0) await backend.append(1, [commit(2, 1201, [], 1201)]);
      seen.push(...rows.map(({ sequence }) => sequence));
    }
    expect(seen).toEqual(many.map((_, index) => index + 1));
  });

  it('keeps others from appending as long as somebody has claimed it', async () => {
    const [first, second] = await openTwo();
    const claim = await first.claim();
    let isDone = false;
    const waiting = second.append(0, [commit(1, 1, [created(1, two)])]).then((appended) => {
      isDone = true;
      return appended;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await first.append(0, [commit(1, 1, [created(1, one)])])).toEqual({ kind: 'done' });
    expect(isDone).toBe(false);
    await claim.release();
    expect(await waiting).toMatchObject({ kind: 'moved' });
  });

  it('gives claims while many walk over everything, and a walk while many wait for a claim', async () => {
    const [first, second] = await openTwo();
    await first.append(0, [commit(1, 1, [created(1, one)])]);
    const walks = Array.from({ length: 4 }, () => first.all()[Symbol.asyncIterator]());
    for (const walk of walks) expect((await walk.next()).done).toBe(false);
    const claim = await first.claim();
    expect(await first.append(1, [commit(2, 2, [created(2, two)])])).toEqual({ kind: 'done' });
    for (const walk of walks) await walk.return?.();
    const waiting = Array.from({ length: 6 }, () => second.claim());
    expect((await collect(second.all())).flat()).toHaveLength(2);
    await claim.release();
    await Promise.all(waiting.map(async (next) => (await next).release()));
  });

  it('gives a claim to the next one when the first is released', async () => {
    const [first, second] = await openTwo();
    const claim = await first.claim();
    const next = second.claim();
    await claim.release();
    await (await next).release();
    expect(await first.append(0, [commit(1, 1, [created(1, one)])])).toEqual({ kind: 'done' });
  });

  it('tells others of a commit, and not who made it', async () => {
    const [first, second] = await openTwo();
    let own = 0;
    first.onCommit?.(() => {
      own += 1;
    });
    const told = new Promise<void>((resolve) => second.onCommit?.(resolve));
    own = 0;
    await first.append(0, [commit(1, 1, [created(1, one)])]);
    await told;
    expect(own).toBe(0);
  });

  it('forgets old commits, and says so', async () => {
    const backend = await openOne();
    for (let version = 0; version < 1300; version += 100) {
      const group = Array.from({ length: 100 }, (_, index) => commit(version + index + 1, 0, []));
      await backend.append(version, group);
    }
    await expect.poll(async () => (await backend.commitsAfter(0, 1)).kind).toBe('forgotten');
    expect(await backend.commitsAfter(1290, 100)).toMatchObject({ kind: 'commits' });
    expect(await backend.commitsAfter(99_999, 1)).toMatchObject({ kind: 'forgotten' });
  });
});

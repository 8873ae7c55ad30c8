import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WsmanClient } from '../../../src/index.js';
import { openLmdbState } from '../../../src/store/lmdb/open-lmdb-state.js';
import type { RunningCli } from '../../cli/run-cli.js';
import { hasStrace } from '../../support/find-strace.js';
import { clientOf, hardwareId } from './lab-client.js';
import { serveState } from './serve-state.js';

const CLASS = 'MSISCSITARGET_StorageHardwareID';

/** How a disk is broken: the calls of the server that fail from then on, or one of them, and with what. */
const FAULTS = [
  ['waits for the disk fail', 'fdatasync', 'EIO', ''],
  ['the file system became read-only', 'pwrite64,writev,pwritev', 'EROFS', ''],
  // One of them is of the page that says what is there: LMDB wants to be opened again then.
  ...[1, 2, 3, 4, 5, 6].map((nth) => [`write ${nth} fails`, 'pwrite64', 'EIO', `:when=${nth}`] as const),
] as const;

/** So slow, in microseconds, that another thread waits for it for as long as this takes. */
const SLOW = 1_000_000;

describe.skipIf(!hasStrace('broken disks')).each([
  ['', false],
  ['was slow and ', true],
])('an endpoint whose disk %sfails', (_, isSlow) => {
  let folder: string;
  let cli: RunningCli;
  let client: WsmanClient;
  let url: string;
  const acknowledged: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cimulator-broken-'));
    cli = serveState(join(folder, 'state'));
    url = (JSON.parse(await cli.firstLine()) as { http: string }).http;
    client = clientOf(url);
    await create('first');
    if (isSlow) await injected(`fdatasync:delay_exit=${SLOW}:when=1`, () => create('slow'));
  });
  afterAll(async () => {
    await client?.close();
    cli?.process.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  async function create(id: string): Promise<void> {
    await client.create(CLASS, { InstanceID: id, StorageID: `iqn.2026-11.example:${id}`, IDType: 5 });
    acknowledged.push(id);
  }

  /** While something is done, calls of the server's threads that touch the state's file fail, or take long. */
  async function injected(fault: string, work: () => Promise<void>): Promise<void> {
    const inject = ['-f', '-o', '/dev/null', '-P', join(folder, 'state', 'store.mdb'), '-e', `inject=${fault}`];
    const strace: ChildProcess = spawn('strace', [...inject, '-p', `${cli.process.pid}`]);
    let said = '';
    strace.stderr?.on('data', (text) => {
      said += text;
    });
    const gone = once(strace, 'exit').then(() => {
      throw new Error(`strace has ended: ${said}`);
    });
    gone.catch(() => undefined);
    while (!said.includes('attached'))
      await Promise.race([gone, once(strace.stderr as NonNullable<typeof strace.stderr>, 'data')]);
    try {
      await work();
    } finally {
      const ended = once(strace, 'exit');
      strace.kill('SIGINT');
      await ended;
    }
  }

  const ready = async () => (await fetch(new URL('/readyz', url))).status;

  it.each(FAULTS)(
    'refuses changes when %s, answers reads, and goes on when it is well again',
    async (_, calls, error, when) => {
      await injected(`${calls}:error=${error}${when}`, async () => {
        const outcomes: unknown[] = [];
        for (let each = 0; each < 3; each += 1) {
          const id = `${error}${when}-${each}`;
          outcomes.push(await create(id).catch((fault: unknown) => fault));
          expect((await client.get(hardwareId('first'))).get('IDType')).toBe(5);
        }
        const faults = outcomes.filter((outcome) => outcome !== undefined);
        const names = faults.map((fault) => (fault as { subcode?: { name?: string } }).subcode?.name);
        expect(new Set(names)).toEqual(new Set(['InternalError']));
        if (when === '') {
          expect(faults).toHaveLength(3);
          expect(await ready()).toBe(503);
        }
      });
      await create(`after ${error}${when} ${calls}`);
      expect(await ready()).toBe(200);
    },
  );

  it('has all that it acknowledged afterwards, and is whole', async () => {
    cli.process.kill('SIGKILL');
    await cli.result;
    const state = await openLmdbState({
      directory: join(folder, 'state'),
      logger: { warn: () => {} },
      isShared: false,
    });
    try {
      const ids = new Set<unknown>();
      for await (const one of state.store.scan('root/cimv2/storage/iScsiTarget', CLASS)) ids.add(one.get('InstanceID'));
      expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
      expect((await state.upkeep.check?.())?.problems).toEqual([]);
    } finally {
      await state.close();
    }
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { openLmdbState } from '../../../src/store/lmdb/open-lmdb-state.js';
import { runCli, startCli } from '../../cli/run-cli.js';
import { account, clientOf, hardwareId, makePipe } from './lab-client.js';

const rounds = Number(process.env.CIMULATOR_KILL_ROUNDS ?? 20);
const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const PIPE = 'CIMULATOR_ReplicationPipe';
const HARDWARE = 'MSISCSITARGET_StorageHardwareID';
const ALICE = `${account.name}:${account.password}`;

let folder: string;
let lab: string;
let directory: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-kill-'));
  directory = join(folder, 'state');
  lab = join(folder, 'many-pipes.mof');
  const text = await readFile('fixtures/labs/two-servers.mof', 'utf8');
  await writeFile(lab, text.replace(/(Maximum(?:PeerConnections|ConnectionsPerPort)) = \d+/g, '$1 = 60000'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What clients were told to be done, and what they have asked for besides. */
interface Told {
  readonly pipes: Set<string>;
  readonly created: Set<string>;
  readonly deleted: Set<string>;
  readonly deleting: Set<string>;
}

async function serveAndKill(round: number, told: Told): Promise<void> {
  const args = ['serve', '--state', directory, '--lab', lab, '--user', ALICE, '--ready-json', '--log-level', 'error'];
  // In the folder a start finds the model compiled that the one before it left.
  const cli = startCli(args, { CIMULATOR_PORT: '0', CIMULATOR_HTTPS_PORT: 'off', CIMULATOR_DATA_DIR: folder });
  const { http } = JSON.parse(await cli.firstLine()) as { http: string };
  const clients = [0, 1, 2].map(() => clientOf(http));
  const [one, two, three] = clients as [(typeof clients)[0], (typeof clients)[0], (typeof clients)[0]];
  const begun = { pipe: () => {}, deletion: () => {} };
  // A server under load may be slow to begin, and each round is to have both.
  const haveBegun = Promise.all([
    new Promise<void>((resolve) => {
      begun.pipe = resolve;
    }),
    new Promise<void>((resolve) => {
      begun.deletion = resolve;
    }),
  ]);
  const writers = [
    untilItFails(async (turn) => {
      told.pipes.add((await makePipe(one, `one ${round} ${turn}`)).canonical);
      begun.pipe();
    }),
    untilItFails(async (turn) => {
      told.pipes.add((await makePipe(two, `two ${round} ${turn}`)).canonical);
    }),
    untilItFails(async (turn) => {
      const id = `${round}-${turn}`;
      await three.create(HARDWARE, { InstanceID: id, StorageID: `iqn.2026-11.example:${id}`, IDType: 5 });
      told.created.add(id);
      if (turn % 2 === 0) return;
      const old = `${round}-${turn - 1}`;
      told.deleting.add(old);
      await three.delete(hardwareId(old));
      told.deleted.add(old);
      begun.deletion();
    }),
  ];
  await Promise.race([haveBegun.then(() => sleep(20 + Math.random() * 180)), ...writers]);
  cli.process.kill('SIGKILL');
  const failures = await Promise.all(writers);
  // A connection that ended, and nothing that the server has refused.
  expect(failures.map(({ name }) => name)).toEqual(failures.map(() => 'WsmanTransportError'));
  await cli.result;
  await Promise.all(clients.map((client) => client.close()));
}

async function untilItFails(work: (turn: number) => Promise<void>): Promise<Error> {
  for (let turn = 0; ; turn += 1) {
    try {
      await work(turn);
    } catch (error) {
      return error as Error;
    }
  }
}

/** Classes of all that a pipe consists of and that ties it, over two steps: the same for every pipe that is whole. */
async function shapeOf(store: InstanceStore, pipe: CimInstance): Promise<string> {
  const parts: string[] = [];
  const ties = await store.referencing(pipe.path as InstancePath);
  for (const tie of ties) {
    const [other] = [...tie.properties.values()].filter(
      (end) => end instanceof InstancePath && !end.equals(pipe.path as InstancePath),
    ) as InstancePath[];
    const end = other && (await store.get(other));
    const isOwn = end !== undefined && /End|Setting/.test(end.className) && other !== undefined;
    const further = isOwn ? await store.referencing(other) : [];
    parts.push(`${tie.className} ${end?.className} ${further.map(({ className }) => className).sort()}`);
  }
  return parts.sort().join('\n');
}

interface Look {
  readonly shape: string;
  readonly pipes: number;
  /** All but hardware ids. */
  readonly instances: number;
}

async function lookAt(told: Told): Promise<Look> {
  const state = await openLmdbState({ directory, logger: { warn: () => {} }, isShared: false });
  try {
    const { store } = state;
    const pipes: CimInstance[] = [];
    for await (const pipe of store.scan(NAMESPACE, PIPE)) pipes.push(pipe);
    const shapes = new Set(await Promise.all(pipes.map((pipe) => shapeOf(store, pipe))));
    const names = new Set(pipes.map(({ path }) => path?.canonical));
    expect([...told.pipes].filter((pipe) => !names.has(pipe))).toEqual([]);
    expect(shapes.size).toBe(1);
    const [shape = ''] = shapes;
    const ids = new Set<unknown>();
    for await (const one of store.scan(NAMESPACE, HARDWARE)) ids.add(one.get('InstanceID'));
    expect([...told.deleted].filter((id) => ids.has(id))).toEqual([]);
    expect([...told.created].filter((id) => !ids.has(id) && !told.deleting.has(id))).toEqual([]);
    if (!state.upkeep.check) throw new Error('a state in a folder can be checked');
    const { instances, problems } = await state.upkeep.check();
    expect(problems).toEqual([]);
    return { shape, pipes: pipes.length, instances: instances - ids.size };
  } finally {
    await state.close();
  }
}

/** What each pipe adds: a remnant of one that is not there would make it another number. */
const instancesEach = (looks: readonly Look[]) =>
  looks.slice(1).map(({ pipes, instances }, at) => {
    const before = looks[at] as Look;
    return (instances - before.instances) / (pipes - before.pipes);
  });

it(
  `a server that is killed under load has lost nothing that it acknowledged, and has no half pipe, in ${rounds} rounds`,
  async () => {
    const told: Told = { pipes: new Set(), created: new Set(), deleted: new Set(), deleting: new Set() };
    const looks: Look[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await serveAndKill(round, told);
      looks.push(await lookAt(told));
    }
    expect(told.pipes.size).toBeGreaterThanOrEqual(rounds);
    expect(told.deleted.size).toBeGreaterThanOrEqual(rounds);
    expect(new Set(looks.map(({ shape }) => shape)).size).toBe(1);
    // Its two ends, its network, its setting.
    expect(looks[0]?.shape.split('\n')).toHaveLength(4);
    expect(new Set(instancesEach(looks)).size).toBe(1);
    const checked = await runCli(['state', 'check', '--state', directory, '--lab', lab]);
    expect(checked).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/entries of indices fit them\nthey fit the classes\n$/),
    });
  },
  60_000 + 10_000 * rounds,
);

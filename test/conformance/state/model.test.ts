import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import type { InstancePath } from '../../../src/cim/model/instance-path.js';
import { type HttpEndpoint, type Snapshot, startEndpoint } from '../../../src/index.js';

const runs = Number(process.env.CIMULATOR_MODEL_RUNS ?? 12);
const LAB = `class LAB_Disk { [Key] string Id; string Name; };
[Association] class LAB_Holds { [Key] LAB_Disk REF Holder; [Key] LAB_Disk REF Held; };
instance of LAB_Disk { Id = "a"; Name = "lab"; };
instance of LAB_Disk { Id = "b"; Name = "lab"; };
instance of LAB_Holds { Holder = "LAB_Disk.Id=\\"a\\""; Held = "LAB_Disk.Id=\\"b\\""; };`;

/** What there is: names of disks by id, and who holds whom. */
interface Content {
  readonly disks: Map<string, string>;
  readonly links: Set<string>;
}
interface Model {
  content: Content;
  snapshot?: Content;
}
interface Real {
  endpoint: HttpEndpoint;
  directory: string;
  snapshot?: Snapshot;
}
type Command = fc.AsyncCommand<Model, Real>;

const copyOf = ({ disks, links }: Content): Content => ({ disks: new Map(disks), links: new Set(links) });
const labContent = (): Content => ({ disks: new Map(Object.entries({ a: 'lab', b: 'lab' })), links: new Set(['a b']) });
const disk = (id: string) => `LAB_Disk.Id="${id}"`;
const holds = (holder: string, held: string) =>
  `instance of LAB_Holds { Holder = "LAB_Disk.Id=\\"${holder}\\""; Held = "LAB_Disk.Id=\\"${held}\\""; };`;
const diskMof = (id: string, name: string) => `instance of LAB_Disk { Id = "${id}"; Name = "${name}"; };`;

let folder: string;
let lab: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-model-'));
  lab = join(folder, 'lab.mof');
  await writeFile(lab, LAB);
});
afterAll(() => rm(folder, { recursive: true }));

let places = 0;
function newPlace(): string {
  places += 1;
  return join(folder, `state-${places}`);
}
const start = (directory: string) =>
  startEndpoint({ lab, state: directory, users: [{ name: 'lab', password: 'secret' }] });

async function linksOf(endpoint: HttpEndpoint): Promise<string[]> {
  const found = await endpoint.cim.find('SELECT * FROM LAB_Holds');
  const idOf = (path: CimValue | undefined) => (path as InstancePath).keys.get('Id');
  return found.map((one) => `${idOf(one.get('Holder'))} ${idOf(one.get('Held'))}`).sort();
}

/** Every way to look at it says what the model says. */
async function expectSame({ content: { disks, links } }: Model, { endpoint }: Real): Promise<void> {
  const { cim } = endpoint;
  const found = await cim.find('SELECT * FROM LAB_Disk');
  expect(new Map(found.map((one) => [one.get('Id'), one.get('Name')]))).toEqual(disks);
  expect(found).toHaveLength(disks.size);
  expect(await linksOf(endpoint)).toEqual([...links].sort());
  for (const name of new Set(['n0', ...disks.values()])) {
    const named = await cim.find(`SELECT * FROM LAB_Disk WHERE Name = "${name}"`);
    const expected = [...disks].filter(([, each]) => each === name).map(([id]) => id);
    expect(named.map((one) => one.get('Id')).sort()).toEqual(expected.sort());
  }
  for (const id of disks.keys()) {
    const others = [...links].map((link) => link.split(' ')).filter((ends) => ends.includes(id));
    const expected = new Set(
      others.map(([one, two]) => (one === id ? two : one) ?? '').filter((each) => disks.has(each)),
    );
    const tied = await cim.associators(disk(id));
    expect(tied.map((one) => one.get('Id')).sort()).toEqual([...expected].sort());
  }
}

/** @param check when it can be done */
function command(text: string, run: Command['run'], check: Command['check'] = () => true): Command {
  return { check, run, toString: () => text };
}

const put = (id: string, name: string) =>
  command(`put ${id} ${name}`, async ({ content }, { endpoint }) => {
    content.disks.set(id, name);
    await endpoint.cim.put(
      new CimInstance('LAB_Disk', [
        ['Id', id],
        ['Name', name],
      ]),
    );
  });
const remove = (id: string) =>
  command(`delete ${id}`, async ({ content }, { endpoint }) => {
    expect(await endpoint.cim.delete(disk(id))).toBe(content.disks.delete(id));
  });
const associate = (holder: string, held: string) =>
  command(`associate ${holder} ${held}`, async ({ content }, { endpoint }) => {
    content.links.add(`${holder} ${held}`);
    await endpoint.seed([{ mof: holds(holder, held) }]);
  });
const seed = (ids: readonly string[], isWrong: boolean) =>
  command(`seed ${ids}${isWrong ? ' and what is wrong' : ''}`, async ({ content }, { endpoint }) => {
    const sources = ids.map((id) => ({ mof: diskMof(id, 'seeded') }));
    if (isWrong) {
      await expect(endpoint.seed([...sources, { mof: 'instance of LAB_Disk { Colour = 1; };' }])).rejects.toThrow();
      return;
    }
    for (const id of ids) content.disks.set(id, 'seeded');
    await endpoint.seed(sources);
  });
const query = command('query', (model, real) => expectSame(model, real));
const snapshot = command('snapshot', async (model, real) => {
  model.snapshot = copyOf(model.content);
  real.snapshot = JSON.parse(JSON.stringify(await real.endpoint.snapshot()));
});
const restore = command(
  'restore',
  async (model, real) => {
    if (!model.snapshot || !real.snapshot) return;
    model.content = copyOf(model.snapshot);
    await real.endpoint.restore(real.snapshot);
  },
  (model) => model.snapshot !== undefined,
);
const reset = command('reset', async (model, real) => {
  model.content = labContent();
  await real.endpoint.reset();
});
const reopen = command('reopen', async (model, real) => {
  await real.endpoint.close();
  real.endpoint = await start(real.directory);
  expect(real.endpoint.state.wasFound).toBe(true);
  await expectSame(model, real);
});
/** Goes on with the files as they lie while the endpoint still has them open, but the lock, whose process is not the one that has died. */
const crash = command('crash', async (model, real) => {
  const directory = newPlace();
  await cp(real.directory, directory, {
    recursive: true,
    filter: (path) => !/\.lock|lock\.mdb|\.guard/.test(basename(path)),
  });
  await real.endpoint.close();
  await rm(real.directory, { recursive: true });
  Object.assign(real, { directory, endpoint: await start(directory) });
  expect(real.endpoint.state.wasFound).toBe(true);
  await expectSame(model, real);
});

const id = fc.constantFrom('a', 'b', 'c', 'd');
const commands = fc.commands(
  [
    fc.tuple(id, fc.constantFrom('n0', 'n1', 'lab')).map(([one, name]) => put(one, name)),
    id.map(remove),
    fc
      .tuple(id, id)
      .filter(([one, two]) => one !== two)
      .map(([one, two]) => associate(one, two)),
    fc.tuple(fc.uniqueArray(id, { minLength: 1 }), fc.boolean()).map(([ids, isWrong]) => seed(ids, isWrong)),
    ...[query, snapshot, restore, reset, crash, reopen].map((each) => fc.constant(each)),
  ],
  { maxCommands: 24, size: 'max' },
);

it(
  'a state in a folder holds what a plain model holds, whatever is done, and however it ended in between',
  async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (all) => {
        const directory = newPlace();
        const real: Real = { directory, endpoint: await start(directory) };
        try {
          await fc.asyncModelRun(() => ({ model: { content: labContent() }, real }), all);
        } finally {
          await real.endpoint.close();
          await rm(real.directory, { recursive: true, force: true });
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
  },
  60_000 + 5_000 * runs,
);

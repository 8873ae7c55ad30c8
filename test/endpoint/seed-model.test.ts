import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CimInstance, type Endpoint, InstancePath, type SeedSource, startEndpoint } from '../../src/index.js';

let endpoint: Endpoint;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-seed-'));
  endpoint = await startEndpoint({
    lab: 'fixtures/examples/thermostat.mof',
    users: [{ name: 'lab', password: 'secret' }],
  });
});
afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => endpoint.reset());

const mofOf = (id: string, room: string) => `instance of LAB_Thermostat { DeviceID = "${id}"; Room = "${room}"; };`;
const given = (id: string, more: Record<string, unknown> = {}) =>
  new CimInstance('LAB_Thermostat', Object.entries({ DeviceID: id, ...more }) as [string, string][]);

async function rooms(): Promise<Record<string, unknown>> {
  const found = await endpoint.cim.find('SELECT * FROM LAB_Thermostat');
  return Object.fromEntries(found.map((one) => [one.getString('DeviceID'), one.get('Room')]));
}

describe('a seed', () => {
  it('is of labs, files, MOF and instances, all in one call', async () => {
    const file = join(folder, 'more.mof');
    await writeFile(file, mofOf('t-3', 'Attic'));
    await endpoint.seed(['two-servers', file, { mof: mofOf('t-4', 'Hall') }, given('t-5', { Room: 'Bath' })]);
    expect(await rooms()).toEqual({ 't-1': 'Kitchen', 't-2': 'Cellar', 't-3': 'Attic', 't-4': 'Hall', 't-5': 'Bath' });
    expect((await endpoint.cim.find('SELECT * FROM MSFTSM_ComputerSystem')).length).toBeGreaterThan(1);
  });

  it.each([
    ['two-servers', "seed: 'two-servers' is not an array"],
    [[null], 'seed[0]: expected the name of a lab, a path, { mof } or an instance'],
    [[{ mof: '', nam: 'x' }], "seed[0]: unknown option 'nam': did you mean 'name'?"],
  ])('that is none (%j) is refused', async (sources, message) => {
    await expect(endpoint.seed(sources as unknown as readonly SeedSource[])).rejects.toThrow(message);
  });

  it('takes the place of what has the same keys, and is gone after a reset', async () => {
    await endpoint.seed([{ mof: mofOf('T-1', 'Library') }]);
    expect(await rooms()).toEqual({ 'T-1': 'Library', 't-2': 'Cellar' });
    await endpoint.reset();
    expect(await rooms()).toEqual({ 't-1': 'Kitchen', 't-2': 'Cellar' });
  });

  const thousand = Array.from({ length: 1000 }, (_, at) => given(`m-${at}`));
  it.each<[string, () => readonly SeedSource[], RegExp]>([
    [
      'one among a thousand',
      () => thousand.with(777, given('m-777', { Target: 'warm' })),
      /^seed\[777\]: Property Target: .*sint16/,
    ],
    [
      'one in MOF',
      () => [{ mof: `${mofOf('a', 'b')}\n${mofOf('c', 'd')}\ninstance of LAB_Fan { };` }],
      /^seed\[0\]:3:13: .*LAB_Fan/,
    ],
    ['one in MOF that has a name', () => [{ name: 'fans', mof: 'instance of LAB_Fan { };' }], /^fans:1:13: /],
    ['one without its key', () => [new CimInstance('LAB_Thermostat', [])], /^seed\[0\]: Key DeviceID/],
    [
      'one of a class that there is not',
      () => [new CimInstance('LAB_Thermostt', [])],
      /^seed\[0\]: Class LAB_Thermostt/,
    ],
    ['a lab that there is not', () => ['two-serers'], /no lab 'two-serers' \(did you mean 'two-servers'\?\)/],
    [
      'a class',
      () => [{ mof: 'class LAB_Fan { [Key] string Id; };' }],
      /^class LAB_Fan is new: classes come with the start/,
    ],
    [
      'a namespace',
      () => [{ mof: '#pragma namespace("root/new")\nclass LAB_Fan { string Id; };' }],
      /LAB_Fan is new|root\/new/,
    ],
    ['what includes a file', () => [{ mof: '#pragma include("package.json")' }], /includes none/],
  ])('with something wrong changes nothing, and says what: %s', async (_, sources, message) => {
    const before = await endpoint.snapshot();
    const refused = endpoint.seed([given('good'), ...sources()].slice(1));
    await expect(refused).rejects.toMatchObject({ name: 'ModelError', expected: true });
    await expect(refused).rejects.toThrow(message);
    const after = await endpoint.snapshot();
    expect(after.state).toBe(before.state);
  });

  it('tells the place of a mistake in MOF', async () => {
    const refused = endpoint.seed([{ name: 'fans.mof', mof: '\ninstance of LAB_Fan { };' }]);
    await expect(refused).rejects.toMatchObject({ place: 'fans.mof:2:13' });
  });

  it('given at the start is of the same kinds, and may bring classes', async () => {
    const fan = new CimInstance(
      'LAB_Fan',
      [['Id', 'f-2']],
      new InstancePath({ namespace: 'root/more', className: 'LAB_Fan' }),
    );
    await using other = await startEndpoint({
      lab: [
        'fixtures/examples/thermostat.mof',
        {
          mof: '#pragma namespace("root/more")\nQualifier Key : boolean = false, Scope(property, reference);\nclass LAB_Fan { [Key] string Id; };\ninstance of LAB_Fan { Id = "f-1"; };',
        },
        fan,
      ],
      users: [{ name: 'lab', password: 'secret' }],
    });
    expect(other.lab).toBe('fixtures/examples/thermostat.mof, lab[1], lab[2]');
    for (const id of ['f-1', 'f-2']) expect((await other.cim.get(`root/more:LAB_Fan.Id="${id}"`)).get('Id')).toBe(id);
    await other.reset();
    expect((await other.cim.get('root/more:LAB_Fan.Id="f-2"')).get('Id')).toBe('f-2');
    expect((await other.cim.get('root:__NAMESPACE.Name="more"')).get('Name')).toBe('more');
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { State } from '../../src/cim/contracts/state.js';
import { type EndpointOptions, startEndpoint } from '../../src/index.js';
import { readBackup } from '../../src/state/backup/read-backup.js';
import { readOrigin, writeOrigin } from '../../src/state/state-origin.js';
import { keptState } from '../state/kept-state.js';

const users = [{ name: 'lab', password: 'secret' }];
const opened: { close(): Promise<void> }[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-durable-'));
});
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
  await rm(folder, { recursive: true });
});

async function open(options: EndpointOptions) {
  const endpoint = await startEndpoint({ users, ...options });
  opened.push(endpoint);
  return endpoint;
}

const hardware = (id: string) => ({
  mof: `instance of MSISCSITARGET_StorageHardwareID { InstanceID = "${id}"; StorageID = "iqn.2026-11.example:${id}"; IDType = 5; };`,
});
const found = async (endpoint: Awaited<ReturnType<typeof open>>) =>
  (await endpoint.cim.find("SELECT InstanceID FROM MSISCSITARGET_StorageHardwareID WHERE InstanceID LIKE 'h%'")).map(
    (one) => one.get('InstanceID'),
  );

describe('a state that outlives the endpoint', () => {
  it('gets the lab once, and is found again as it was left', async () => {
    const state = keptState();
    const first = await open({ state });
    await first.seed([hardware('h1')]);
    await first.close();
    const second = await open({ state });
    expect([first.state.wasFound, second.state.wasFound, await found(second)]).toEqual([false, true, ['h1']]);
  });

  it('gets one lab when two endpoints begin with it at once', async () => {
    const state = keptState();
    const started = await Promise.allSettled([open({ state, lab: 'two-servers' }), open({ state, lab: 'none' })]);
    const lab = (await readOrigin(state.notes))?.lab;
    expect(started.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = started.find((one) => one.status === 'fulfilled');
    expect(winner?.value.lab).toBe(lab);
  });

  it.each<[EndpointOptions, string]>([
    [
      { lab: 'none' },
      'was made from the lab two-servers, and not from the lab none: --lab two-servers goes on with it',
    ],
    [
      { schemaDir: ['built-in', 'fixtures/examples/thermostat.mof'] },
      'and the classes of built-in, fixtures/examples/thermostat.mof: --lab two-servers goes on with it',
    ],
  ])('is refused to another lab or schema: %j', async (options, line) => {
    const state = keptState();
    await (await open({ state })).close();
    const before = await state.store.version();
    await expect(open({ state, ...options })).rejects.toMatchObject({
      name: 'StateError',
      message: expect.stringContaining(line),
    });
    expect(await state.store.version()).toBe(before);
  });

  it('is refused to a lab whose file was changed', async () => {
    const state = keptState();
    const lab = join(folder, 'a.mof');
    await writeFile(lab, hardware('h1').mof);
    await (await open({ state, lab })).close();
    await writeFile(lab, hardware('h2').mof);
    await expect(open({ state, lab })).rejects.toThrow(
      /as it was before it was changed: .*'cimulator state migrate' takes it over$/,
    );
  });

  it('goes on with what a newer version brings along, when its instances fit', async () => {
    const state = keptState();
    await (await open({ state })).close();
    const origin = await readOrigin(state.notes);
    if (origin) await writeOrigin(state.notes, { ...origin, schemaDigest: 'older', labDigest: 'older' });
    await open({ state });
    expect(await readOrigin(state.notes)).toEqual(origin);
  });

  it('makes no names with a seed that it has made before', async () => {
    const state = keptState();
    const names: unknown[] = [];
    for (const _ of [1, 2, 3]) {
      const endpoint = await open({ state, seed: 7 });
      await pipe(endpoint);
      names.push(
        ...(await endpoint.cim.find('SELECT InstanceID FROM CIM_NetworkPipe')).map((one) => one.get('InstanceID')),
      );
      await endpoint.close();
    }
    expect(new Set(names).size).toBe(3);
  });

  it('has the names of the first start again after a reset', async () => {
    const state = keptState({ place: folder });
    const first = await open({ state, seed: 7 });
    const before = await pipe(first);
    await first.close();
    const second = await open({ state, seed: 7 });
    await second.reset();
    expect(await pipe(second)).toEqual(before);
  });
});

async function pipe({ cim }: Awaited<ReturnType<typeof open>>) {
  const [service] = await cim.find('SELECT * FROM MSISCSITARGET_StorageConfigurationService');
  const systems = await cim.find('SELECT * FROM MSFTSM_ComputerSystem');
  const [SourceSystem, TargetSystem] = systems.map(({ path }) => path);
  const input = { PipeElementName: 'p', SourceSystem, TargetSystem };
  const { outputs } = await cim.invoke(service?.path as never, 'CreateOrModifyReplicationPipe', input as never);
  return JSON.stringify(outputs);
}

describe('a reset of it', () => {
  it('goes back to the lab, and keeps what there was', async () => {
    const state = keptState({ place: folder });
    const first = await open({ state });
    await first.seed([hardware('h1')]);
    await first.close();
    const second = await open({ state });
    const { backup } = await second.reset();
    expect(await found(second)).toEqual([]);
    expect((await readBackup(backup ?? '')).origin?.lab).toBe('two-servers');
    expect(backup?.startsWith(join(folder, 'backups'))).toBe(true);
  });

  it('changes nothing when no backup can be kept', async () => {
    const state = keptState({ place: join(folder, 'file') });
    await writeFile(join(folder, 'file'), '');
    const endpoint = await open({ state });
    await endpoint.seed([hardware('h1')]);
    await expect(endpoint.reset()).rejects.toThrow(/^nothing was changed/);
    expect(await found(endpoint)).toEqual(['h1']);
  });

  it.each(['reset', 'restore'] as const)('is refused on a database unless the server allows it: %s', async (what) => {
    const state: State = keptState({ kind: 'postgres', place: 'postgres://lab@db/lab', isShared: true });
    const refusing = await open({ state, dataDir: folder });
    await refusing.seed([hardware('h1')]);
    const snapshot = await refusing.snapshot();
    const goBack = (endpoint: typeof refusing) => (what === 'reset' ? endpoint.reset() : endpoint.restore(snapshot));
    await expect(goBack(refusing)).rejects.toThrow(
      /^postgres:\/\/lab@db\/lab is a database, .*--allow-reset takes it back$/,
    );
    expect(await found(refusing)).toEqual(['h1']);
    await refusing.close();
    const allowing = await open({ state, dataDir: folder, allowReset: true });
    expect((await goBack(allowing)).backup).toContain(join(folder, 'backups'));
  });

  it('goes back to no lab that was changed since the start', async () => {
    const state = keptState({ place: folder });
    const lab = join(folder, 'a.mof');
    await writeFile(lab, hardware('h1').mof);
    const endpoint = await open({ state, lab });
    await writeFile(lab, hardware('h2').mof);
    await expect(endpoint.reset()).rejects.toThrow(/is not what it was when the endpoint started: start it again$/);
    expect(await found(endpoint)).toEqual(['h1']);
  });
});

describe('the options state and store', () => {
  it('go together in no endpoint', async () => {
    await expect(startEndpoint({ state: 'none', store: keptState().store })).rejects.toThrow(
      'state: there is a store already',
    );
  });

  it('take no URL of something else, and tell nothing of it', async () => {
    await expect(startEndpoint({ state: 'mysql://root:hush@db' })).rejects.toThrow(
      /^state: expected a folder, none, or a URL postgres:.* and not mysql:$/,
    );
  });
});

it('is asked by /readyz for its problem', async () => {
  let problem: string | undefined;
  const { http } = await startReady(() => problem);
  const ask = async () => {
    const answer = await fetch(new URL('/readyz', http?.url));
    return [answer.status, await answer.text()];
  };
  expect(await ask()).toEqual([200, 'ok\n']);
  problem = 'the disk is full';
  expect(await ask()).toEqual([503, 'the disk is full\n']);
});

function startReady(problem: () => string | undefined) {
  return open({ state: keptState({ problem }) });
}

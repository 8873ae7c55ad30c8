import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { State, StateKind } from '../../../src/cim/contracts/state.js';
import { type HttpEndpoint, startEndpoint } from '../../../src/index.js';
import { openState } from '../../../src/state/open-state.js';
import { sharedPostgres } from '../../store/postgres/shared-postgres.js';

const postgres = await sharedPostgres();
const kinds: readonly StateKind[] = postgres ? ['lmdb', 'postgres'] : ['lmdb'];
const users = [{ name: 'lab', password: 'secret' }];
const logger = { ...console, warn: () => {} } as never;
const COMPUTER = 'root/cimv2:Win32_ComputerSystem.Name="SRV01"';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-windows-states-'));
});
afterAll(() => rm(folder, { recursive: true }));

const start = (state: State) => startEndpoint({ users, state, allowReset: true, dataDir: folder });
const modelOf = async ({ cim }: HttpEndpoint) => (await cim.get(COMPUTER)).get('Model');

/** Paths of all that is there, in any order. */
async function pathsIn({ store }: State): Promise<readonly string[]> {
  return (await store.all()).map(({ path }) => path?.canonical ?? '').sort();
}

describe.each(kinds)('the namespaces of Windows in %s', (kind) => {
  let place: string;
  let state: State;
  let endpoint: HttpEndpoint;
  beforeEach(async () => {
    place = kind === 'lmdb' ? await mkdtemp(join(folder, 'state-')) : (postgres?.url() ?? '');
    state = await openState(place, { logger });
    endpoint = await start(state);
  });
  afterEach(async () => {
    await endpoint.close();
    await state.close();
  });

  it('fill once, with what they have in memory, and are not filled again after a restart', async () => {
    await using plain = await startEndpoint({ users });
    const namesOf = async ({ cim }: HttpEndpoint) =>
      (await cim.find('SELECT Name FROM Win32_Service', 'root/cimv2')).map((one) => one.get('Name'));
    const before = await state.store.version();
    const [names, model] = await Promise.all([namesOf(endpoint), modelOf(endpoint), namesOf(endpoint)]);
    expect(names).toEqual(await namesOf(plain));
    expect(model).toBe('Virtual Server');
    const changes = await state.store.changes(before, 10);
    expect(changes.kind === 'commits' && changes.commits.length).toBe(1);
    const paths = await pathsIn(state);
    expect(new Set(paths).size).toBe(paths.length);
    await endpoint.cim.change(COMPUTER, { Model: 'Another' });
    const last = await state.store.version();
    await endpoint.close();
    await state.close();
    state = await openState(place, { logger });
    endpoint = await start(state);
    expect(await modelOf(endpoint)).toBe('Another');
    expect(await pathsIn(state)).toEqual(paths);
    expect(await state.store.version()).toBe(last);
  });

  it('go back with everything else, filled or not', async () => {
    const empty = JSON.parse(JSON.stringify(await endpoint.snapshot()));
    await endpoint.cim.change(COMPUTER, { Model: 'Another' });
    const changed = JSON.parse(JSON.stringify(await endpoint.snapshot()));
    await endpoint.reset();
    expect(await modelOf(endpoint)).toBe('Virtual Server');
    await endpoint.restore(changed);
    expect(await modelOf(endpoint)).toBe('Another');
    await endpoint.restore(empty);
    expect(await modelOf(endpoint)).toBe('Virtual Server');
  });
});

describe.skipIf(!postgres)('the namespaces of Windows of two endpoints on one database', () => {
  it('have one set of instances, also when both fill them at once, and go back for both', async () => {
    const url = postgres?.url() ?? '';
    const states = [await openState(url, { logger }), await openState(url, { logger })] as const;
    const [one, other] = [await start(states[0]), await start(states[1])];
    try {
      const before = await states[0].store.version();
      expect(await Promise.all([one, other, one, other].map(modelOf))).toEqual(Array(4).fill('Virtual Server'));
      const changes = await states[0].store.changes(before, 10);
      expect(changes.kind === 'commits' && changes.commits.filter(({ changes: some }) => some.length > 0).length).toBe(
        1,
      );
      const paths = await pathsIn(states[1]);
      expect(new Set(paths).size).toBe(paths.length);
      await one.cim.change(COMPUTER, { Model: 'Another' });
      expect(await modelOf(other)).toBe('Another');
      await other.reset();
      expect(await Promise.all([one, other].map(modelOf))).toEqual(['Virtual Server', 'Virtual Server']);
      expect(await pathsIn(states[0])).toEqual(paths);
    } finally {
      await Promise.all([one.close(), other.close()]);
      await Promise.all(states.map((state) => state.close()));
    }
  });
});

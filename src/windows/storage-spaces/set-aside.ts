import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { parseInstancePath } from '../../cim/model/parse-instance-path.js';
import { instancesIn } from '../derived-rows.js';
import { CIMULATOR } from '../namespaces.js';

const SET_ASIDE = { namespace: CIMULATOR, className: 'CIMULATOR_SetAside' };

/** Takes instances out of sight, with all that refers to them. @param owner what they come back for */
export async function setAside(
  store: InstanceTransaction,
  owner: string,
  paths: readonly InstancePath[],
): Promise<void> {
  const hidden = new Map<string, CimInstance>();
  for (const path of paths)
    for (const one of [await store.get(path), ...(await store.referencing(path))])
      if (one?.path) hidden.set(one.path.canonical, one);
  await store.putMany(Array.from(hidden.values(), (one) => noteOf(owner, one)));
  await store.deleteMany(Array.from(hidden.values()).flatMap(({ path }) => path ?? []));
}

/** Puts them back where they were. @returns what came back */
export async function bringBack(store: InstanceTransaction, owner: string): Promise<readonly CimInstance[]> {
  const found = await setAsideFor(store, owner);
  await store.putMany(found);
  await forget(store, owner);
  return found;
}

/** They never come back. */
export async function forget(store: InstanceTransaction, owner: string): Promise<void> {
  const notes = (await instancesIn(store, SET_ASIDE)).filter((one) => one.get('Owner') === owner);
  await store.deleteMany(notes.flatMap(({ path }) => path ?? []));
}

/** What is out of sight for somebody, where it was. */
export async function setAsideFor(
  store: Pick<InstanceReader, 'scan'>,
  owner?: string,
): Promise<readonly CimInstance[]> {
  const notes = await instancesIn(store, SET_ASIDE);
  return notes
    .filter((one) => owner === undefined || one.get('Owner') === owner)
    .flatMap((one) => {
      const instance = one.get('Instance');
      return instance instanceof CimInstance ? [instance.at(parseInstancePath(String(one.get('Path'))))] : [];
    });
}

function noteOf(owner: string, instance: CimInstance): CimInstance {
  const keys = { Owner: owner, Path: String(instance.path) };
  const path = new InstancePath({ ...SET_ASIDE, keys });
  return new CimInstance(SET_ASIDE.className, Object.entries({ ...keys, Instance: instance }), path);
}

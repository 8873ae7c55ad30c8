import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { State } from '../cim/contracts/state.js';
import { StateError } from '../cim/contracts/state-error.js';
import { findUnfit } from './find-unfit.js';
import { isSameOrigin, readOrigin, type StateOrigin, writeOrigin } from './state-origin.js';

/**
 * Sees to it that a state which was found goes with the lab and the schema of this start. Where all of them came with the program, and are
 * others in this version of it, the state goes on when its instances fit the classes of now.
 *
 * @throws StateError with what mends it
 */
export async function checkOriginOf(state: State, origin: StateOrigin, namespaces: Namespaces): Promise<void> {
  const { notes, place } = state;
  const found = await readOrigin(notes);
  if (found && isSameOrigin(found, origin)) return;
  if (found && !isNewerProgram(found, origin)) throw new StateError(otherOrigin(place, found, origin));
  // A state of another program's making says nothing.
  const unfit = await findUnfit(state.store, namespaces);
  if (unfit !== undefined)
    throw new StateError(
      `the state ${place} does not fit the classes of this version (${unfit}): start afresh with another --state, or with the version that made it`,
    );
  await writeOrigin(notes, origin);
}

function isNewerProgram(found: StateOrigin, origin: StateOrigin): boolean {
  const haveSameNames = found.lab === origin.lab && found.schema === origin.schema;
  return haveSameNames && found.isBuiltIn && origin.isBuiltIn;
}

function otherOrigin(place: string, found: StateOrigin, origin: StateOrigin): string {
  const others = `another --state leaves it alone, and 'cimulator state migrate' takes it over`;
  if (found.lab === origin.lab && found.schema === origin.schema)
    return `the state ${place} was made from ${said(found)} as it was before it was changed: ${others}`;
  return `the state ${place} was made from ${said(found)}, and not from ${said(origin)}: ${flags(found)} goes on with it, ${others}`;
}

function said({ lab, schema }: StateOrigin): string {
  return schema === 'built-in' ? `the lab ${lab}` : `the lab ${lab} and the classes of ${schema}`;
}

function flags({ lab, schema }: StateOrigin): string {
  const labs = flagEach('--lab', lab);
  return schema === 'built-in' ? labs : `${labs} ${flagEach('--schema', schema)}`;
}

function flagEach(flag: string, names: string): string {
  return names
    .split(', ')
    .map((name) => `${flag} ${name}`)
    .join(' ');
}

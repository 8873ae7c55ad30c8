import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { CIMULATOR } from '../namespaces.js';

const NOTE_CLASS = 'CIMULATOR_SecurityNote';

/** What has a security descriptor that no class of Windows shows: `file c:\tools`, `share Data`, `printer Office`, `namespace root/cimv2`. */
export type SecuredThing = `${'file' | 'share' | 'printer' | 'namespace'} ${string}`;

function notePath(thing: SecuredThing): InstancePath {
  return new InstancePath({ namespace: CIMULATOR, className: NOTE_CLASS, keys: { Name: thing } });
}

/** The descriptor that somebody gave; undefined: what is usual holds. */
export async function notedSecurity(store: InstanceReader, thing: SecuredThing): Promise<CimInstance | undefined> {
  const descriptor = (await store.get(notePath(thing)))?.get('SecurityDescriptor');
  return descriptor instanceof CimInstance ? descriptor : undefined;
}

export async function noteSecurity(
  store: InstanceTransaction,
  thing: SecuredThing,
  SecurityDescriptor: CimInstance,
): Promise<void> {
  const values = Object.entries({ Name: thing, SecurityDescriptor });
  await store.put(new CimInstance(NOTE_CLASS, values, notePath(thing)));
}

export async function dropSecurity(store: InstanceTransaction, thing: SecuredThing): Promise<void> {
  await store.delete(notePath(thing));
}

import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { allOf, type MachineReader, onlyOne } from '../machine.js';
import { findNote } from '../notes.js';

/** An account as methods tell of it. */
export interface Owner {
  readonly User: string;
  readonly Domain: string;
}

const AUTHORITY = 'NT AUTHORITY';

/** How services name the accounts of the system, and how they are shown. */
const SYSTEM_ACCOUNTS: Readonly<Record<string, Owner & { readonly Sid: string }>> = {
  localsystem: { User: 'SYSTEM', Domain: AUTHORITY, Sid: 'S-1-5-18' },
  localservice: { User: 'LOCAL SERVICE', Domain: AUTHORITY, Sid: 'S-1-5-19' },
  networkservice: { User: 'NETWORK SERVICE', Domain: AUTHORITY, Sid: 'S-1-5-20' },
};

/** Windows tells nobody whose the idle process is. */
export const isOwnerless = (process: CimInstance): boolean => process.get('ProcessId') === 0;

/** Whose a process is: who created it, the account of the service that it serves, who is logged on, or the system. */
export async function ownerOf(context: MachineReader, process: CimInstance): Promise<Owner> {
  const noted = await findNote(context, 'CIMULATOR_ProcessNote', process.getString('Handle') ?? '');
  const account =
    noted?.getString('Owner') ?? (await serviceAccount(context, process)) ?? (await userAccount(context, process));
  return ownerNamed(account ?? 'LocalSystem');
}

/** `DOMAIN\user`, `NT AUTHORITY\LocalService` or `LocalSystem`, taken apart. */
export function ownerNamed(account: string): Owner {
  const [domain = '', user = domain] = account.split('\\');
  const system =
    SYSTEM_ACCOUNTS[user.toLowerCase().replaceAll(' ', '')] ??
    (user === 'SYSTEM' ? SYSTEM_ACCOUNTS.localsystem : undefined);
  return system ? { User: system.User, Domain: system.Domain } : { User: user, Domain: domain };
}

/** The SID of an account: as the lab says, or one of its own that stays the same. */
export async function sidOf(context: MachineReader, { User, Domain }: Owner): Promise<string> {
  for (const one of Object.values(SYSTEM_ACCOUNTS)) if (one.User === User && one.Domain === Domain) return one.Sid;
  for (const className of ['Win32_UserAccount', 'Win32_Account']) {
    const named = (await allOf(context, className)).filter((one) => isNamed(one, User));
    // A computer and its domain may have accounts of one name.
    const found = named.find((one) => sameName(one.getString('Domain') ?? '', Domain)) ?? named[0];
    const sid = found?.getString('SID');
    if (sid) return sid;
  }
  return `S-1-5-21-1000000001-1000000002-1000000003-${2000 + (hash(`${Domain}\\${User}`.toLowerCase()) % 60_000)}`;
}

function isNamed(account: CimInstance, user: string): boolean {
  return sameName(account.getString('Name') ?? '', user);
}

async function serviceAccount(context: MachineReader, process: CimInstance): Promise<string | undefined> {
  const id = process.get('ProcessId');
  if (id === 0) return undefined;
  const service = (await allOf(context, 'Win32_Service')).find((one) => one.get('ProcessId') === id);
  return service?.getString('StartName');
}

/** Processes of another session than the first are those of who is logged on. */
async function userAccount(context: MachineReader, process: CimInstance): Promise<string | undefined> {
  if (Number(process.get('SessionId') ?? 0) === 0) return undefined;
  return (await onlyOne(context, 'Win32_ComputerSystem'))?.getString('UserName');
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) % 4_294_967_296;
  return value;
}

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

/** The SID of an account: as the lab says, or one of its own that stays the same, in the domain of those that the lab has. */
export async function sidOf(context: MachineReader, owner: Owner): Promise<string> {
  const { User, Domain } = owner;
  for (const one of Object.values(SYSTEM_ACCOUNTS)) if (one.User === User && one.Domain === Domain) return one.Sid;
  const users = await allOf(context, 'Win32_UserAccount');
  const accounts = [...users, ...(await allOf(context, 'Win32_SystemAccount'))];
  const sid = accounts.find((one) => isNamed(one, owner))?.getString('SID');
  return sid ?? `${domainSid(users, Domain)}-${2000 + (hash(`${Domain}\\${User}`.toLowerCase()) % 60_000)}`;
}

function isNamed(account: CimInstance, { User, Domain }: Owner): boolean {
  const domain = account.getString('Domain') ?? Domain;
  return sameName(account.getString('Name') ?? '', User) && (Domain === '' || sameName(domain, Domain));
}

/** What the SIDs of a domain's users begin with, or those of the computer's; where it has no users, one that no computer has. */
function domainSid(users: readonly CimInstance[], domain: string): string {
  const ofDomain = users.filter((one) => sameName(one.getString('Domain') ?? '', domain));
  const sids = [...ofDomain, ...users].map(
    (one) => /^(S-1-5-21(?:-\d+){3})-\d+$/i.exec(one.getString('SID') ?? '')?.[1],
  );
  return sids.find((sid) => sid !== undefined) ?? 'S-1-5-21-0-0-0';
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

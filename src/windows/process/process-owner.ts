import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { allOf, type MachineReader, onlyOne } from '../machine.js';
import { findNote } from '../notes.js';
import { findAccount, findWellKnown, USER_CLASSES } from '../security/find-account.js';
import { systemAccount } from '../security/system-accounts.js';

/** An account as methods tell of it. */
export interface Owner {
  readonly User: string;
  readonly Domain: string;
}

/** Classes of accounts that processes can have. */
const CLASSES = [...USER_CLASSES, 'Win32_SystemAccount'];

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
  const system = systemAccount(account);
  if (system) return { User: system.name, Domain: system.domain };
  const [domain = '', user = domain] = account.split('\\');
  return { User: user, Domain: domain };
}

/** The SID of an account: as the lab says, or one of its own that stays the same, in the domain of those that the lab has. */
export async function sidOf(context: MachineReader, { User, Domain }: Owner): Promise<string> {
  const account = Domain === '' ? User : `${Domain}\\${User}`;
  const found = findWellKnown(account)?.sid ?? (await findAccount(context.store, account, CLASSES))?.getString('SID');
  if (found !== undefined) return found;
  const users = await allOf(context, 'Win32_UserAccount');
  return `${domainSid(users, Domain)}-${2000 + (hash(`${Domain}\\${User}`.toLowerCase()) % 60_000)}`;
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

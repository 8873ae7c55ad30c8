import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { onlyOne, pathIn } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { moveInstance } from '../move-instance.js';
import type { StoredInstance } from '../on-instance.js';

/** What a class's Rename answers. The codes of users and of groups differ. */
export interface RenameCodes {
  readonly invalidParameter: number;
  readonly onlyOnController: number;
  readonly otherError: number;
  readonly longestName: number;
}

/** DomainRole. */
const PRIMARY_CONTROLLER = 5;

const ACCOUNT_CLASSES = ['Win32_UserAccount', 'Win32_Group', 'Win32_SystemAccount'];

/**
 * Gives an account another name: its SID stays, and so do its memberships. An account of the domain is renamed by the domain's controller.
 *
 * @throws MethodRefusal
 */
export async function renameAccount(
  account: StoredInstance,
  given: CimValue | undefined,
  codes: RenameCodes,
  context: MethodContext,
): Promise<void> {
  const name = checkedName(given, codes);
  if (account.get('LocalAccount') !== true && !(await isController(context)))
    throw new MethodRefusal(codes.onlyOnController, 'the account is of the domain: its controller renames it');
  const Domain = account.getString('Domain') ?? '';
  const isSame = sameName(name, account.getString('Name') ?? '');
  for (const className of isSame ? [] : ACCOUNT_CLASSES) {
    if (await context.store.get(pathIn(context, className, { Domain, Name: name })))
      throw new MethodRefusal(codes.otherError, `there is an account ${name} already`);
  }
  const path = pathIn(context, account.className, { Domain, Name: name });
  await moveInstance(account, account.with({ Name: name, Caption: `${Domain}\\${name}` }).at(path), context);
  const sid = await context.store.get(pathIn(context, 'Win32_SID', { SID: account.getString('SID') ?? '' }));
  if (sid) await context.store.put(sid.with({ AccountName: name }));
}

/** Whether the computer is the primary controller of its domain. */
async function isController(context: MethodContext): Promise<boolean> {
  return (await onlyOne(context, 'Win32_ComputerSystem'))?.get('DomainRole') === PRIMARY_CONTROLLER;
}

function checkedName(given: CimValue | undefined, { invalidParameter, longestName }: RenameCodes): string {
  const isName =
    typeof given === 'string' &&
    given.length <= longestName &&
    !/^[. ]*$/.test(given) &&
    !/["/\\[\]:;|=,+*?<>@\p{Cc}]/u.test(given);
  if (!isName)
    throw new MethodRefusal(invalidParameter, `Name is none of 1 to ${longestName} characters for an account`);
  return given;
}

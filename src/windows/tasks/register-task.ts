import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { isAdministrator } from '../security/is-administrator.js';
import { checkTask } from './check-task.js';
import { countFromNow, forgetRuns, settle } from './run-task.js';
import { isSystemAccount, shownGroup, shownUser } from './task-accounts.js';
import { taskError } from './task-error.js';
import { LogonType, newSettings, usualPrincipal } from './task-parts.js';
import { embedded, findTask, INFO_CLASS, TASK_CLASS, type TaskPlace, taskPath, uriOf } from './task-rows.js';

/** What a definition consists of. */
const DEFINED = [
  ...['Actions', 'Author', 'Date', 'Description', 'Documentation', 'Principal', 'SecurityDescriptor', 'Settings'],
  ...['Source', 'Triggers', 'Version'],
];

/** @throws HresultError */
export async function checkMayChange(context: Pick<MethodContext, 'store' | 'user'>): Promise<void> {
  if (!(await isAdministrator(context))) throw taskError('accessDenied');
}

/** The definition that is put together of its parts, those that are missing as Windows has them. */
export function definitionOf(
  { Action, Trigger, Settings, Description }: MethodInput,
  principal: CimInstance,
): CimInstance {
  const values: Readonly<Record<string, CimValue>> = {
    ...{ Actions: Action ?? null, Author: null, Date: null, Description: Description ?? null, Documentation: null },
    ...{ Principal: principal, SecurityDescriptor: null, Settings: Settings ?? newSettings({}), Source: null },
    ...{ Triggers: Trigger ?? null, URI: null, Version: null },
  };
  return new CimInstance(TASK_CLASS, Object.entries(values));
}

/** Who runs a task whose caller says no more than this. */
export function principalOf({ User, Password, RunLevel }: MethodInput, context: MethodContext): CimInstance {
  const user = typeof User === 'string' && User !== '' ? User : (context.user ?? 'SYSTEM');
  return usualPrincipal(user, typeof Password === 'string', RunLevel ?? 0);
}

/**
 * Registers a task: it is there, and its triggers count from now on.
 *
 * @param isForced takes the place of one that is there
 * @throws HresultError
 */
export async function registerTask(
  definition: CimInstance,
  place: TaskPlace,
  isForced: boolean,
  context: MethodContext,
): Promise<CimInstance> {
  await checkMayChange(context);
  checkTask(definition, context.schema);
  const before = await context.store.get(taskPath(place));
  if (before && !isForced) throw taskError('exists');
  if (before) await forgetRuns(before, context);
  const path = before?.path ?? taskPath(place);
  const own = { ...place, ...(before && { TaskName: before.get('TaskName'), TaskPath: before.get('TaskPath') }) };
  const task = (await withAccount(definition, context)).with({ ...own, URI: uriOf(place) }).at(path);
  const info = taskPath(place, INFO_CLASS);
  await context.store.put(task);
  await context.store.put(new CimInstance(INFO_CLASS, Object.entries(own), info));
  await countFromNow(task, context, true);
  return task;
}

/** Gives a task other parts; those that are undefined stay. @throws HresultError */
export async function setTask(
  place: TaskPlace,
  parts: Readonly<Record<string, CimValue | undefined>>,
  context: MethodContext,
): Promise<CimInstance> {
  await checkMayChange(context);
  const before = await findTask(context.store, place);
  const given = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const changed = await withAccount(before.with(Object.fromEntries(given)), context);
  checkTask(changed, context.schema);
  await settle(before, context);
  await context.store.put(changed);
  await countFromNow(changed, context, true);
  return changed;
}

/** Enables or disables a task. @throws HresultError */
export async function enableTask(place: TaskPlace, Enabled: boolean, context: MethodContext): Promise<CimInstance> {
  await checkMayChange(context);
  const before = await findTask(context.store, place);
  const settings = embedded(before, 'Settings') ?? newSettings({});
  const changed = before.with({ Settings: settings.with({ Enabled }) });
  await settle(before, context);
  await context.store.put(changed);
  await countFromNow(changed, context, false);
  return changed;
}

/** With the account of its principal as the computer calls it. @throws HresultError when there is none */
async function withAccount(task: CimInstance, { store, user }: MethodContext): Promise<CimInstance> {
  const principal = embedded(task, 'Principal') ?? usualPrincipal(user ?? 'SYSTEM', false);
  const [userId, groupId] = [principal.getString('UserId') ?? '', principal.getString('GroupId') ?? ''];
  if (userId !== '') {
    const UserId = await shownUser(userId, store, user);
    if (UserId === undefined) throw taskError('noSuchAccount');
    const logon = isSystemAccount(userId) ? { LogonType: LogonType.service } : {};
    return task.with({ Principal: principal.with({ UserId, ...logon }) });
  }
  if (groupId === '') return task.with({ Principal: usualPrincipal(user ?? 'SYSTEM', false) });
  const GroupId = await shownGroup(groupId, store);
  if (GroupId === undefined) throw taskError('noSuchAccount');
  return task.with({ Principal: principal.with({ GroupId }) });
}

/** A definition that somebody gives as a whole, without what it says of its state. */
export function definitionIn(input: MethodInput): CimInstance {
  const given = instanceIn(input);
  return new CimInstance(
    TASK_CLASS,
    DEFINED.map((name) => [name, given.get(name)]),
  );
}

/** @throws HresultError where no task is given */
export function instanceIn({ InputObject }: MethodInput): CimInstance {
  if (InputObject instanceof CimInstance) return InputObject;
  throw taskError('invalidParameter');
}

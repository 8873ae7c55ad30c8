import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { type MachineContext, putNew } from '../machine.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { dropSecurity } from '../security/noted-security.js';
import { nameOf, type PrintReader, pathOf } from './printer-rows.js';

const SHARE_CLASS = 'Win32_Share';
/** A print queue. */
const PRINT_QUEUE = 1;

/** The share of a printer; undefined for one that is not shared. */
export async function printShareOf(printer: CimInstance, { store }: PrintReader): Promise<StoredInstance | undefined> {
  const name = printer.getString('ShareName');
  if (printer.get('Shared') !== true || name === undefined) return undefined;
  const share = stored(await store.get(pathOf(SHARE_CLASS, { Name: name })));
  return share?.get('Type') === PRINT_QUEUE ? share : undefined;
}

/** What the share of a printer leads to. */
export function sharedAs(printer: string): string {
  return `${printer},LocalsplOnly`;
}

/**
 * Makes the share of a printer, or takes it away, as its `Shared` and `ShareName` say. What ties the two together follows.
 *
 * @param before the printer as it was; undefined for a new one
 * @throws CimError InvalidParameter
 */
export async function showPrintShare(
  printer: StoredInstance,
  before: CimInstance | undefined,
  context: MachineContext,
): Promise<void> {
  const present = before && (await printShareOf(before, context));
  const name = printer.get('Shared') === true ? (printer.getString('ShareName') ?? '') : undefined;
  if (name === '') throw new CimError('InvalidParameter', 'ShareName is missing: the printer is to be shared.');
  if (present && name !== undefined && sameName(present.getString('Name') ?? '', name)) return;
  if (name !== undefined && (await context.store.get(pathOf(SHARE_CLASS, { Name: name }))))
    throw new CimError('InvalidParameter', `ShareName: there is a share ${name} already.`);
  if (present) await dropPrintShare(present, context);
  if (name === undefined) return;
  await putNew(context, SHARE_CLASS, {
    ...{ Name: name, Caption: nameOf(printer), Description: nameOf(printer), Path: sharedAs(nameOf(printer)) },
    ...{ Type: PRINT_QUEUE, AllowMaximum: true, Status: 'OK' },
  });
}

export async function dropPrintShare(share: StoredInstance, { store }: MachineContext): Promise<void> {
  await dropSecurity(store, `share ${share.getString('Name') ?? ''}`);
  const ties = await store.referencing(share.path);
  await store.deleteMany([...ties.flatMap(({ path }) => path ?? []), share.path]);
}

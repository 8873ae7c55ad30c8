import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { type MachineContext, putNew, removeWithTies } from '../machine.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { dropSecurity } from '../security/noted-security.js';
import { isShareName, SHARE_CLASS } from '../shares/share-checks.js';
import { nameOf, type PrintReader, pathOf } from './printer-rows.js';

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
  if (name !== undefined && !isShareName(name))
    throw new CimError('InvalidParameter', `ShareName: no share may be called '${shorten(name, 200)}'.`);
  if (name !== undefined && (await context.store.get(pathOf(SHARE_CLASS, { Name: name }))))
    throw new CimError('InvalidParameter', `ShareName: there is a share ${name} already.`);
  if (present) await dropPrintShare(present, context);
  if (name === undefined) return;
  await putNew(context, SHARE_CLASS, {
    ...{ Name: name, Caption: nameOf(printer), Description: nameOf(printer), Path: sharedAs(nameOf(printer)) },
    ...{ Type: PRINT_QUEUE, AllowMaximum: true, Status: 'OK' },
  });
}

export async function dropPrintShare(share: StoredInstance, context: MachineContext): Promise<void> {
  await dropSecurity(context.store, `share ${share.getString('Name') ?? ''}`);
  await removeWithTies(context, share.path);
}

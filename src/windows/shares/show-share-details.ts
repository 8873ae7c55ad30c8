import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { instancesIn, type Row, showRows } from '../derived-rows.js';
import { CIMV2 } from '../namespaces.js';
import { AceType, partsOf } from '../security/descriptor-parts.js';
import { shareDescriptor } from './share-descriptor.js';

/** Kinds of shares: of a folder, and of a printer. */
const [FOLDER, PRINT_QUEUE] = [0, 1];
/** Flag of an entry of a system access control list: what fails is written down. */
const FAILED_ACCESS = 0x80;

const PRINTER_CLASS = 'Win32_Printer';

function pathIn(className: string, keys: Readonly<Record<string, string>>): InstancePath {
  return new InstancePath({ namespace: CIMV2, className, keys });
}

const sharePath = (share: CimInstance) => pathIn('Win32_Share', { Name: share.getString('Name') ?? '' });
const settingPath = (share: CimInstance) =>
  pathIn('Win32_LogicalShareSecuritySetting', { Name: share.getString('Name') ?? '' });

/** What goes with shares: who may use those of folders, what folders and printers they are of; and a printer whose share is gone is not shared. */
export async function showShareDetails({ store }: { readonly store: InstanceTransaction }): Promise<void> {
  const shares = await instancesIn(store, { namespace: CIMV2, className: 'Win32_Share' });
  const ofFolders = shares.filter((one) => one.get('Type') === FOLDER);
  const show = (className: string, rows: readonly Row[]) => showRows(store, { namespace: CIMV2, className }, rows);
  const secured = await Promise.all(ofFolders.map((share) => securityOf(share, store)));
  await show(
    'Win32_LogicalShareSecuritySetting',
    secured.map(({ setting }) => setting),
  );
  await show(
    'Win32_SecuritySettingOfLogicalShare',
    ofFolders.map((share) => ({ keys: { Element: sharePath(share), Setting: settingPath(share) }, values: {} })),
  );
  await show(
    'Win32_LogicalShareAccess',
    secured.flatMap(({ access }) => access),
  );
  await show(
    'Win32_LogicalShareAuditing',
    secured.flatMap(({ auditing }) => auditing),
  );
  await show('Win32_ShareToDirectory', await folders(shares, store));
  await showPrinters(shares, store);
}

async function securityOf(share: CimInstance, store: InstanceTransaction) {
  const name = share.getString('Name') ?? '';
  const parts = partsOf(await shareDescriptor(store, name));
  const text = `Security settings of ${name}`;
  const setting = {
    keys: { Name: name },
    values: { ControlFlags: parts?.control ?? 0, Caption: text, Description: text },
  };
  const keysOf = (sid: string) => ({ SecuritySetting: settingPath(share), Trustee: pathIn('Win32_SID', { SID: sid }) });
  // Of several entries for one account the first is seen: its keys say no more.
  const access = byTrustee(parts?.dacl ?? []).map(({ sid, accessMask, flags, type }) => ({
    keys: keysOf(sid),
    values: { AccessMask: accessMask, Inheritance: flags, Type: type === AceType.denied ? 1 : 0 },
  }));
  const auditing = byTrustee(parts?.sacl ?? []).map(({ sid, accessMask, flags }) => ({
    keys: keysOf(sid),
    values: { AuditedAccessMask: accessMask, Inheritance: flags, Type: (flags & FAILED_ACCESS) !== 0 ? 1 : 0 },
  }));
  return { setting, access, auditing };
}

function byTrustee<T extends { readonly sid: string }>(entries: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return entries.filter(({ sid }) => !seen.has(sid) && seen.add(sid));
}

async function folders(shares: readonly CimInstance[], store: InstanceTransaction): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const share of shares) {
    const folder = share.getString('Path')?.toLowerCase() ?? '';
    const SharedElement = pathIn('Win32_Directory', { Name: folder });
    if (folder !== '' && (await store.get(SharedElement)))
      rows.push({ keys: { Share: sharePath(share), SharedElement }, values: {} });
  }
  return rows;
}

async function showPrinters(shares: readonly CimInstance[], store: InstanceTransaction): Promise<void> {
  const printers = await instancesIn(store, { namespace: CIMV2, className: PRINTER_CLASS });
  const shareOf = (printer: CimInstance) =>
    shares.find(
      (one) =>
        one.get('Type') === PRINT_QUEUE && sameName(one.getString('Name') ?? '', printer.getString('ShareName') ?? ''),
    );
  const rows: Row[] = [];
  for (const printer of printers) {
    const share = printer.get('Shared') === true ? shareOf(printer) : undefined;
    if (share && printer.path)
      rows.push({ keys: { Antecedent: printer.path, Dependent: sharePath(share) }, values: {} });
    else if (printer.get('Shared') === true) await store.put(printer.with({ Shared: false, ShareName: null }));
  }
  await showRows(store, { namespace: CIMV2, className: 'Win32_PrinterShare' }, rows);
}

import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { instancesIn, type Row, showRows } from '../derived-rows.js';
import { CIMV2 } from '../namespaces.js';

export const SMB_SHARE = { namespace: 'root/Microsoft/Windows/Smb', className: 'MSFT_SmbShare' };
const SHARE = { namespace: CIMV2, className: 'Win32_Share' };
/** Shares that Windows makes for administrators say so beside their type. */
const SPECIAL = 0x80000000;
/** The scope of a computer that is in no cluster. */
export const ANY_SCOPE = '*';
const ONLINE = 1;
const MANUAL = 1;
const UNRESTRICTED = 1;

export function smbKeys(Name: string) {
  return { Name, ScopeName: ANY_SCOPE };
}

/** Makes MSFT_SmbShare what Win32_Share says: after each change of that. */
export async function showShares({ store }: { readonly store: InstanceTransaction }): Promise<void> {
  const volumes = await instancesIn(store, { namespace: CIMV2, className: 'Win32_Volume' });
  const shares = await instancesIn(store, SHARE);
  await showRows(
    store,
    SMB_SHARE,
    shares.map((share) => smbRow(share, volumes)),
  );
}

function smbRow(share: CimInstance, volumes: readonly CimInstance[]): Row {
  const path = share.getString('Path') ?? '';
  const type = Number(share.get('Type') ?? 0);
  const drive = path.slice(0, 2).toUpperCase();
  const volume = volumes.find((one) => one.getString('DriveLetter')?.toUpperCase() === drive);
  return {
    keys: smbKeys(share.getString('Name') ?? ''),
    values: {
      ...{ Path: path, Description: share.get('Description'), Volume: volume?.get('DeviceID') ?? '' },
      ...{ ShareType: type % SPECIAL, Special: type >= SPECIAL, ConcurrentUserLimit: share.get('MaximumAllowed') ?? 0 },
    },
    initial: {
      ...{ Scoped: false, Temporary: false, ShadowCopy: false, EncryptData: false, ContinuouslyAvailable: false },
      ...{ FolderEnumerationMode: UNRESTRICTED, CachingMode: MANUAL, CATimeout: 0, CurrentUsers: 0 },
      ...{ ShareState: ONLINE, SmbInstance: 0, AvailabilityType: 0 },
    },
  };
}

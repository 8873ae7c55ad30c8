import type { InstanceTransaction } from '../cim/contracts/instance-store.js';
import { CIMV2, STORAGE, VOLUME_ENCRYPTION } from './namespaces.js';

type Show = (context: { readonly store: InstanceTransaction }) => Promise<void>;

/** Instances of Windows that show what those of root/cimv2 say. */
export interface Shown {
  /** Classes of root/cimv2. */
  readonly from: readonly string[];
  /** Classes of the endpoint's own namespace, when those are written. */
  readonly fromNotes?: readonly string[];
  /** Whether they are shown again when these are written; otherwise others show them then. */
  readonly isFollowing: boolean;
  /** Where they are, for the greater part. */
  readonly namespace: string;
  /** One of their classes. */
  readonly className: string;
  /** Loaded when it is needed. */
  readonly load: () => Promise<Show>;
  /** What is shown elsewhere as long as nobody has used the namespace. */
  readonly loadElsewhere?: () => Promise<Show>;
}

const NETWORK = ['Win32_NetworkAdapter', 'Win32_NetworkAdapterConfiguration', 'Win32_ComputerSystem'];

/** What each computer has of them, those last that go by others. */
export const shownOfMachine: readonly Shown[] = [
  {
    ...{ from: NETWORK, isFollowing: true, namespace: 'root/StandardCimv2', className: 'MSFT_NetAdapter' },
    load: async () => (await import('./network/standard/show-network.js')).showNetwork,
    loadElsewhere: async () => (await import('./network/standard/show-network.js')).showRouteTable,
  },
  {
    ...{ from: NETWORK, isFollowing: false, namespace: CIMV2, className: 'Win32_IP4RouteTable' },
    load: async () => (await import('./network/standard/show-network.js')).showRouteTable,
  },
  {
    ...{ from: ['Win32_Share', 'Win32_Volume'], isFollowing: true },
    ...{ namespace: 'root/Microsoft/Windows/Smb', className: 'MSFT_SmbShare' },
    load: async () => (await import('./smb/show-shares.js')).showShares,
  },
  {
    ...{ from: ['Win32_Volume'], isFollowing: true },
    ...{ namespace: VOLUME_ENCRYPTION, className: 'Win32_EncryptableVolume' },
    load: async () => (await import('./volume-encryption/show-encryptable-volumes.js')).showEncryptableVolumes,
  },
  {
    ...{ from: ['Win32_DiskDrive', 'Win32_DiskPartition', 'Win32_Volume', 'Win32_LogicalDiskToPartition'] },
    ...{ isFollowing: true, namespace: STORAGE, className: 'MSFT_Disk' },
    load: async () => (await import('./storage-management/show-storage.js')).showStorage,
  },
  {
    ...{ from: ['Win32_Share'], fromNotes: ['CIMULATOR_SecurityNote'], isFollowing: true },
    ...{ namespace: CIMV2, className: 'Win32_LogicalShareSecuritySetting' },
    load: async () => (await import('./shares/show-share-details.js')).showShareDetails,
  },
];

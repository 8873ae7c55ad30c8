import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { MethodContext } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { allOf } from '../machine.js';
import { checkAdministrator, MethodRefusal } from '../method-refusal.js';
import { CIMV2, STORAGE } from '../namespaces.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { IscsiStatus } from './iscsi-status.js';

export const PORTAL_CLASS = 'MSFT_iSCSITargetPortal';
export const TARGET_CLASS = 'MSFT_iSCSITarget';
export const SESSION_CLASS = 'MSFT_iSCSISession';
export const CONNECTION_CLASS = 'MSFT_iSCSIConnection';
export const PORT_CLASS = 'MSFT_InitiatorPort';
export const TARGET_TO_PORTAL = 'MSFT_iSCSITargetToiSCSITargetPortal';

/** The service that the initiator is; nothing is done while it does not run. */
const SERVICE = 'MSiSCSI';

/** HRESULT of WMI for those who may not: the initiator has no status of its own for it. */
const ACCESS_DENIED = 0x80041003;

/** @throws MethodRefusal when the caller is no administrator, or the service does not run */
export async function checkReady(context: MethodContext): Promise<void> {
  await checkAdministrator(context, ACCESS_DENIED);
  const path = new InstancePath({ namespace: CIMV2, className: 'Win32_Service', keys: { Name: SERVICE } });
  const service = await context.store.get(path);
  if (service?.get('State') !== 'Running')
    throw new MethodRefusal(IscsiStatus.serviceNotRunning, `the service ${SERVICE} does not run`);
}

/** All instances of a class of the initiator. */
export function rowsOf(store: InstanceReader, className: string): Promise<readonly StoredInstance[]> {
  return allOf({ namespace: STORAGE, store }, className);
}

/** Stores an instance. */
export async function putRow(
  { store }: Pick<MethodContext, 'store'>,
  className: string,
  keys: Readonly<Record<string, CimKeyValue>>,
  values: Readonly<Record<string, CimValue>> = {},
): Promise<StoredInstance> {
  const path = new InstancePath({ namespace: STORAGE, className, keys });
  const row = new CimInstance(className, Object.entries({ ...keys, ...values }), path);
  await store.put(row);
  return stored(row);
}

export async function findPortal(store: InstanceReader, address: string): Promise<StoredInstance | undefined> {
  const keys = { TargetPortalAddress: address };
  return stored(await store.get(new InstancePath({ namespace: STORAGE, className: PORTAL_CLASS, keys })));
}

export async function findKnownTarget(store: InstanceReader, name: string): Promise<StoredInstance | undefined> {
  return (await rowsOf(store, TARGET_CLASS)).find((one) => sameName(one.getString('NodeAddress') ?? '', name));
}

/** The sessions with a target. */
export async function sessionsWith(store: InstanceReader, name: string): Promise<readonly StoredInstance[]> {
  const all = await rowsOf(store, SESSION_CLASS);
  return all.filter((one) => sameName(one.getString('TargetNodeAddress') ?? '', name));
}

/** The port that the initiator is, with the name under which it logs on. */
export async function initiatorPort(store: InstanceReader): Promise<StoredInstance | undefined> {
  const [port] = await rowsOf(store, PORT_CLASS);
  return port;
}

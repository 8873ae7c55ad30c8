import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { acrossFrom, follow } from '../across-from.js';
import { allOf } from '../machine.js';
import { ISCSI_TARGET } from '../namespaces.js';
import type { StoredInstance } from '../on-instance.js';

/** `EnabledState` of an endpoint that takes connections. */
const ENABLED = 2;
/** `IDType` of an initiator that is known by its iSCSI name. */
const ISCSI_NAME = 5;
/** `DeviceAccess` of a unit that can only be read, and of one that cannot be used. */
export const DeviceAccess = { readOnly: 3, none: 4 } as const;

/** A target, and where it is reached. */
export interface FoundTarget {
  /** Its controller. */
  readonly controller: StoredInstance;
  /** The iSCSI endpoint that it answers at; undefined when it does not. */
  readonly endpoint: StoredInstance | undefined;
}

/** A unit of a target. */
export interface TargetUnit {
  readonly volume: StoredInstance;
  readonly number: string;
  readonly access: number;
}

function allIn(store: InstanceReader, className: string): Promise<readonly StoredInstance[]> {
  return allOf({ namespace: ISCSI_TARGET, store }, className);
}

/**
 * The name of the system that an address means: its name or that of one of its IP endpoints, whole or short, or an IP address of its;
 * undefined for nobody's.
 */
export async function systemAt(store: InstanceReader, address: string): Promise<string | undefined> {
  for (const system of await allIn(store, 'MSFTSM_ComputerSystem')) {
    const name = system.getString('Name') ?? '';
    if (isCalled(name, address)) return name;
  }
  const endpoints = await allIn(store, 'MSFTSMNET_IPProtocolEndpoint');
  const found = endpoints.find(
    (one) =>
      ['IPv4Address', 'IPv6Address'].some((property) => sameName(one.getString(property) ?? '', address)) ||
      isCalled(one.getString('ElementName') ?? '', address),
  );
  return found?.getString('SystemName');
}

function isCalled(name: string, given: string): boolean {
  return sameName(name, given) || sameName(name.split('.')[0] ?? '', given);
}

/** Whether a system listens at a port. */
export async function listensAt(store: InstanceReader, system: string, port: number): Promise<boolean> {
  const endpoints = await allIn(store, 'MSISCSITARGET_TCPProtocolEndpoint');
  return endpoints.some(
    (one) => isOf(one, system) && one.get('PortNumber') === port && one.get('EnabledState') === ENABLED,
  );
}

function isOf(instance: CimInstance, system: string): boolean {
  return sameName(instance.getString('SystemName') ?? '', system);
}

/** The targets of a system. */
export async function targetsOf(store: InstanceReader, system: string): Promise<readonly FoundTarget[]> {
  const controllers = (await allIn(store, 'MSISCSITARGET_SCSIProtocolController')).filter((one) => isOf(one, system));
  return Promise.all(
    controllers.map(async (controller) => ({ controller, endpoint: await endpointOf(store, controller.path) })),
  );
}

async function endpointOf(store: InstanceReader, controller: InstancePath): Promise<StoredInstance | undefined> {
  const endpoints = await acrossFrom(store, controller, 'MSISCSITARGET_SAPAvailableForElement', [
    'ManagedElement',
    'AvailableSAP',
  ]);
  return endpoints.find((one) => one.get('EnabledState') === ENABLED);
}

/** The target of a name, on any system. */
export async function findTarget(store: InstanceReader, name: string): Promise<FoundTarget | undefined> {
  const controllers = await allIn(store, 'MSISCSITARGET_SCSIProtocolController');
  const controller = controllers.find((one) => sameName(one.getString('Name') ?? '', name));
  return controller && { controller, endpoint: await endpointOf(store, controller.path) };
}

/** Whether the target lets an initiator log on: one of its privileges is for it. */
export async function isAuthorized(store: InstanceReader, target: InstancePath, initiator: string): Promise<boolean> {
  const ends = ['TargetElement', 'Privilege'] as const;
  for (const privilege of await acrossFrom(store, target, 'MSISCSITARGET_AuthorizedTarget', ends)) {
    if (privilege.get('PrivilegeGranted') === false) continue;
    const subjects = await acrossFrom(store, privilege.path, 'MSISCSITARGET_AuthorizedSubject', [
      'Privilege',
      'PrivilegedElement',
    ]);
    const isMeant = (id: CimInstance) =>
      id.get('IDType') === ISCSI_NAME && sameName(id.getString('StorageID') ?? '', initiator);
    if (subjects.some(isMeant)) return true;
  }
  return false;
}

/** The units that a target has, but those that nobody may use, in the order of their numbers. */
export async function unitsOf(store: InstanceReader, target: InstancePath): Promise<readonly TargetUnit[]> {
  const ties = await store.referencing(target, {
    classNames: ['MSISCSITARGET_ProtocolControllerForUnit'],
    role: 'Antecedent',
  });
  const units: TargetUnit[] = [];
  for (const tie of ties) {
    const volume = await follow(store, tie, 'Dependent');
    const access = Number(tie.get('DeviceAccess') ?? 2);
    if (volume && access !== DeviceAccess.none)
      units.push({ volume, number: tie.getString('DeviceNumber') ?? '0', access });
  }
  return units.sort((a, b) => Number(a.number) - Number(b.number));
}

import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { allOf, type MachineContext, removeWithTies } from '../machine.js';
import { ISCSI_TARGET } from '../namespaces.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { inCimv2 } from '../storage-management/in-namespace.js';
import { CONNECTION_CLASS, initiatorPort, putRow, rowsOf, SESSION_CLASS } from './initiator-rows.js';
import { matchDisks, removeDisks } from './session-disks.js';
import type { FoundTarget } from './target-side.js';

const TARGET_SESSION = 'MSISCSITARGET_iSCSISession';
const TARGET_CONNECTION = 'MSISCSITARGET_iSCSIConnection';
/** The port from which an initiator's first connection comes; the others follow. */
const FIRST_PORT = 49_152;

/** `SessionType` of a session for disks. */
const NORMAL = 3;
/** `AuthenticationMethodUsed`. */
const Method = { none: 2, chap: 4 } as const;

/** Logs on to a target: a session with one connection, on either side, and the disks of the target's units. */
export async function openSession(
  { controller, endpoint }: FoundTarget,
  target: StoredInstance,
  portal: StoredInstance,
  input: MethodInput,
  context: MethodContext,
): Promise<StoredInstance> {
  const [id, initiator] = [context.newUuid().replaceAll('-', ''), await initiatorPort(context.store)];
  const SessionIdentifier = `${id.slice(0, 16)}-${id.slice(16)}`;
  const session = await putRow(
    context,
    SESSION_CLASS,
    { SessionIdentifier },
    {
      ...{ InitiatorSideIdentifier: `4000${id.slice(0, 8)}`, TargetSideIdentifier: '0100', NumberOfConnections: 1 },
      ...{ TargetNodeAddress: controller.get('Name'), InitiatorNodeAddress: initiator?.get('NodeAddress') ?? null },
      ...{ InitiatorPortalAddress: input.InitiatorPortalAddress ?? '0.0.0.0' },
      ...{ AuthenticationType: input.AuthenticationType ?? null },
      ...{ InitiatorInstanceName: initiator?.get('InstanceName') ?? null, IsConnected: true, IsDiscovered: true },
      ...{ IsDataDigest: input.IsDataDigest === true, IsHeaderDigest: input.IsHeaderDigest === true },
      IsPersistent: input.IsPersistent === true,
    },
  );
  const connection = await putRow(
    context,
    CONNECTION_CLASS,
    { ConnectionIdentifier: `${SessionIdentifier}-1` },
    {
      ...{ InitiatorAddress: await ownAddress(context), TargetAddress: portal.get('TargetPortalAddress') },
      InitiatorPortNumber: FIRST_PORT + (await rowsOf(context.store, CONNECTION_CLASS)).length,
      TargetPortNumber: Number(portal.get('TargetPortalPortNumber')),
    },
  );
  await tieSession({ target, portal, session, connection, initiator }, context);
  await openOnTarget(controller, endpoint, session, context);
  await matchDisks(session, connection, context);
  return session;
}

/** The first address of the computer. */
async function ownAddress(context: MethodContext): Promise<string | null> {
  for (const one of await allOf(inCimv2(context), 'Win32_NetworkAdapterConfiguration')) {
    const addresses = one.get('IPAddress');
    if (one.get('IPEnabled') === true && Array.isArray(addresses)) return String(addresses[0]);
  }
  return null;
}

interface SessionEnds {
  readonly target: StoredInstance;
  readonly portal: StoredInstance;
  readonly session: StoredInstance;
  readonly connection: StoredInstance;
  readonly initiator: StoredInstance | undefined;
}

async function tieSession({ target, portal, session, connection, initiator }: SessionEnds, context: MethodContext) {
  const [iSCSITarget, iSCSITargetPortal] = [target.path, portal.path];
  const [iSCSISession, iSCSIConnection] = [session.path, connection.path];
  await putRow(context, 'MSFT_iSCSITargetToiSCSISession', { iSCSITarget, iSCSISession });
  await putRow(context, 'MSFT_iSCSITargetToiSCSIConnection', { iSCSITarget, iSCSIConnection });
  await putRow(context, 'MSFT_iSCSISessionToiSCSIConnection', { iSCSISession, iSCSIConnection });
  await putRow(context, 'MSFT_iSCSISessionToiSCSITargetPortal', { iSCSISession, iSCSITargetPortal });
  await putRow(context, 'MSFT_iSCSIConnectionToiSCSITargetPortal', { iSCSIConnection, iSCSITargetPortal });
  if (!initiator) return;
  const InitiatorPort = initiator.path;
  await putRow(context, 'MSFT_InitiatorPortToiSCSISession', { InitiatorPort, iSCSISession });
  await putRow(context, 'MSFT_InitiatorPortToiSCSIConnection', { InitiatorPort, iSCSIConnection });
}

function targetRow(
  className: string,
  keys: Readonly<Record<string, CimKeyValue>>,
  values: Record<string, CimValue> = {},
) {
  const path = new InstancePath({ namespace: ISCSI_TARGET, className, keys });
  return stored(new CimInstance(className, Object.entries({ ...keys, ...values }), path));
}

/** Where the target has a session of an initiator. */
function targetSessionPath(session: StoredInstance): InstancePath {
  const InstanceID = `cimulator:session:${session.getString('SessionIdentifier')}`;
  return new InstancePath({ namespace: ISCSI_TARGET, className: TARGET_SESSION, keys: { InstanceID } });
}

/** The session as the target sees it: between its endpoint and an initiator that only names itself. */
async function openOnTarget(
  controller: StoredInstance,
  endpoint: StoredInstance | undefined,
  session: StoredInstance,
  { store }: MethodContext,
): Promise<void> {
  const SystemName = controller.get('SystemName');
  const name = session.getString('InitiatorNodeAddress') ?? '';
  const type = session.getString('AuthenticationType') ?? 'NONE';
  const InstanceID = String(targetSessionPath(session).keys.get('InstanceID'));
  const there = targetRow(
    TARGET_SESSION,
    { InstanceID },
    {
      ...{ SystemName, ElementName: name, EndPointName: name, SessionType: NORMAL, CurrentConnections: 1, TSIH: 256 },
      ...{ Directionality: 2, EnabledState: 5, RequestedState: 512, OperationalStatus: [2], HealthState: 5 },
    },
  );
  const connection = targetRow(
    TARGET_CONNECTION,
    { InstanceID: `${InstanceID}:1` },
    {
      ...{
        SystemName,
        ElementName: name,
        ConnectionID: 1,
        AuthenticationMethodUsed: type === 'NONE' ? Method.none : Method.chap,
      },
      ...{
        MutualAuthentication: type === 'MUTUALCHAP',
        EnabledState: 5,
        RequestedState: 512,
        OperationalStatus: [2],
        HealthState: 5,
      },
    },
  );
  const parts = { GroupComponent: there.path, PartComponent: connection.path };
  await store.putMany([there, connection, targetRow('MSISCSITARGET_NetworkPipeComposition', parts)]);
  if (!endpoint) return;
  const ends = { Antecedent: endpoint.path, Dependent: there.path };
  await store.put(targetRow('MSISCSITARGET_EndpointOfNetworkPipe', ends));
}

/** Logs off: what came with the session goes, on either side. */
export async function closeSession(session: StoredInstance, context: MachineContext): Promise<void> {
  const { store } = context;
  await removeDisks(session, context);
  const connections = (await rowsOf(store, CONNECTION_CLASS)).filter((one) =>
    one.getString('ConnectionIdentifier')?.startsWith(`${session.getString('SessionIdentifier')}-`),
  );
  for (const one of [...connections, session]) await removeWithTies(context, one.path);
  const there = targetSessionPath(session);
  const parts = await store.referencing(there, { classNames: ['MSISCSITARGET_NetworkPipeComposition'] });
  for (const part of parts) {
    const connection = part.get('PartComponent');
    if (connection instanceof InstancePath) await removeWithTies(context, connection);
  }
  await removeWithTies(context, there);
}

/** When the computer starts anew, sessions are there again that were to be; the others are gone. */
export async function endSessions(context: MachineContext): Promise<void> {
  for (const session of await rowsOf(context.store, SESSION_CLASS))
    if (session.get('IsPersistent') !== true) await closeSession(session, context);
}

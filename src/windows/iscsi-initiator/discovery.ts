import type { MethodContext } from '../../cim/contracts/provider.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { acrossFrom } from '../across-from.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import {
  findKnownTarget,
  initiatorPort,
  putRow,
  sessionsWith,
  TARGET_CLASS,
  TARGET_TO_PORTAL,
} from './initiator-rows.js';
import { IscsiStatus } from './iscsi-status.js';
import { listensAt, systemAt, targetsOf } from './target-side.js';

/** Where iSCSI targets listen when nobody says otherwise. */
export const USUAL_PORT = 3260;

/** The system behind a portal. @throws MethodRefusal when nobody answers there */
export async function systemBehind(address: string, port: number, { store }: MethodContext): Promise<string> {
  const system = await systemAt(store, address);
  if (system === undefined || !(await listensAt(store, system, port)))
    throw new MethodRefusal(IscsiStatus.connectionFailed, `no target listens at ${address}, port ${port}`);
  return system;
}

/** Asks a portal for its targets: those that are new are known from then on, those that are no more are forgotten. @throws MethodRefusal */
export async function discover(portal: StoredInstance, context: MethodContext): Promise<void> {
  const address = portal.getString('TargetPortalAddress') ?? '';
  const system = await systemBehind(address, Number(portal.get('TargetPortalPortNumber') ?? USUAL_PORT), context);
  const names = (await targetsOf(context.store, system))
    .filter(({ endpoint }) => endpoint !== undefined)
    .flatMap(({ controller }) => controller.getString('Name') ?? []);
  for (const name of names) await tieTarget(name, portal, context);
  for (const target of await targetsBehind(portal, context))
    if (!names.includes(target.getString('NodeAddress') ?? '')) await forget(target, portal, context);
}

async function tieTarget(name: string, portal: StoredInstance, context: MethodContext): Promise<void> {
  const known = await findKnownTarget(context.store, name);
  const target = known ?? (await putRow(context, TARGET_CLASS, { NodeAddress: name }));
  await putRow(context, TARGET_TO_PORTAL, { iSCSITarget: target.path, iSCSITargetPortal: portal.path });
  const port = await initiatorPort(context.store);
  if (port)
    await putRow(context, 'MSFT_InitiatorPortToiSCSITarget', { InitiatorPort: port.path, iSCSITarget: target.path });
}

/** The targets that a portal has told of. */
export function targetsBehind(
  portal: StoredInstance,
  { store }: Pick<MethodContext, 'store'>,
): Promise<readonly StoredInstance[]> {
  return acrossFrom(store, portal.path, TARGET_TO_PORTAL, ['iSCSITargetPortal', 'iSCSITarget']);
}

/** The portals that have told of a target. */
export function portalsOf(
  target: StoredInstance,
  { store }: Pick<MethodContext, 'store'>,
): Promise<readonly StoredInstance[]> {
  return acrossFrom(store, target.path, TARGET_TO_PORTAL, ['iSCSITarget', 'iSCSITargetPortal']);
}

/** A portal tells of a target no more, which is forgotten when no other does and nobody is logged on. */
export async function forget(target: StoredInstance, portal: StoredInstance, context: MethodContext): Promise<void> {
  const { store } = context;
  const keys = { iSCSITarget: target.path, iSCSITargetPortal: portal.path };
  await store.delete(new InstancePath({ namespace: target.path.namespace, className: TARGET_TO_PORTAL, keys }));
  const isUsed = (await sessionsWith(store, target.getString('NodeAddress') ?? '')).length > 0;
  if (isUsed || (await portalsOf(target, context)).length > 0) return;
  const ties = await store.referencing(target.path);
  await store.deleteMany([...ties.flatMap((one) => one.path ?? []), target.path]);
}

import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { sameName } from '../../cim/model/name-map.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { authenticate, logOnOf, targetHost } from './authentication.js';
import { portalsOf, systemBehind } from './discovery.js';
import { findKnownTarget, initiatorPort, sessionsWith } from './initiator-rows.js';
import { IscsiStatus } from './iscsi-status.js';
import { openSession } from './sessions.js';
import { findTarget, isAuthorized } from './target-side.js';

/** Logs on to a target that a portal has told of. @returns MSFT_iSCSISession @throws MethodRefusal */
export async function connect(input: MethodInput, context: MethodContext): Promise<StoredInstance> {
  const name = input.NodeAddress ?? context.instance?.get('NodeAddress');
  if (typeof name !== 'string' || name === '')
    throw new MethodRefusal(IscsiStatus.missingParameter, 'NodeAddress is missing');
  const target = await findKnownTarget(context.store, name);
  const found = target && (await findTarget(context.store, name));
  if (!target || !found) throw new MethodRefusal(IscsiStatus.notFound, `no portal has told of a target ${name}`);
  const initiator = (await initiatorPort(context.store))?.getString('NodeAddress') ?? '';
  const logOn = await logOnOf(input, initiator, context);
  if (input.IsMultipathEnabled !== true && (await sessionsWith(context.store, name)).length > 0)
    throw new MethodRefusal(IscsiStatus.alreadyLoggedIn, `there is a session with ${name}`);
  const portal = await portalFor(target, input, context);
  const port = Number(portal.get('TargetPortalPortNumber'));
  const system = await systemBehind(portal.getString('TargetPortalAddress') ?? '', port, context);
  if (!found.endpoint || !sameName(found.controller.getString('SystemName') ?? '', system))
    throw new MethodRefusal(IscsiStatus.connectionFailed, `${name} does not answer at the portal`);
  if (!(await isAuthorized(context.store, found.controller.path, initiator)))
    throw new MethodRefusal(IscsiStatus.authorizationFailure, `${name} is not for ${initiator}`);
  authenticate(logOn, await targetHost(context.store, name, system));
  return openSession(found, target, portal, { ...input, AuthenticationType: logOn.type }, context);
}

/** The portal that is named, or the first that has told of the target. @throws MethodRefusal */
async function portalFor(target: StoredInstance, input: MethodInput, context: MethodContext): Promise<StoredInstance> {
  const { TargetPortalAddress: address } = input;
  const portals = await portalsOf(target, context);
  const isNamed = typeof address === 'string' && address !== '';
  const portal = isNamed
    ? portals.find((one) => sameName(one.getString('TargetPortalAddress') ?? '', address))
    : portals[0];
  if (portal) return portal;
  throw new MethodRefusal(
    isNamed ? IscsiStatus.portalNotFound : IscsiStatus.noPortal,
    'the target is reached by no such portal',
  );
}

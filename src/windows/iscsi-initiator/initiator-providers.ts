import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, MethodImplementation, MethodInput, Provider } from '../../cim/contracts/provider.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { type OnInstance, onInstance, type StoredInstance } from '../on-instance.js';
import { managing } from '../storage-management/managing.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { setInitiatorSecret } from './authentication.js';
import { connect } from './connect.js';
import { discover, forget, systemBehind, targetsBehind, USUAL_PORT } from './discovery.js';
import {
  checkReady,
  findPortal,
  PORT_CLASS,
  PORTAL_CLASS,
  putRow,
  SESSION_CLASS,
  sessionsWith,
  TARGET_CLASS,
} from './initiator-rows.js';
import { DONE, IscsiStatus } from './iscsi-status.js';
import { checkIdle, matchDisks } from './session-disks.js';
import { closeSession } from './sessions.js';

/** A method of the initiator's service, on an object. */
function initiating(method: OnInstance): MethodImplementation {
  return refusing(
    onInstance(async (instance, input, context) => {
      await checkReady(context);
      return method(instance, input, context);
    }),
  );
}

const portals = defineProvider(PORTAL_CLASS, {
  methods: {
    New: refusing(async (input, context) => {
      await checkReady(context);
      return { ...DONE, CreatedTargetPortal: await newPortal(input, context) };
    }),

    Update: initiating(async (portal, _input, context) => {
      await discover(portal, context);
      return DONE;
    }),

    Remove: initiating(async (portal, _input, context) => {
      for (const target of await targetsBehind(portal, context)) await forget(target, portal, context);
      const ties = await context.store.referencing(portal.path);
      await context.store.deleteMany([...ties.flatMap((one) => one.path ?? []), portal.path]);
      return DONE;
    }),
  },
  instances: {},
});

/** @throws MethodRefusal */
async function newPortal(input: MethodInput, context: MethodContext): Promise<StoredInstance> {
  const { TargetPortalAddress: address, TargetPortalPortNumber: port } = input;
  if (typeof address !== 'string' || address === '')
    throw new MethodRefusal(IscsiStatus.missingParameter, 'TargetPortalAddress is missing');
  if (await findPortal(context.store, address))
    throw new MethodRefusal(IscsiStatus.portalAlreadyExists, `there is a portal ${address}`);
  const number = typeof port === 'number' && port > 0 ? port : USUAL_PORT;
  await systemBehind(address, number, context);
  const portal = await putRow(
    context,
    PORTAL_CLASS,
    { TargetPortalAddress: address },
    {
      TargetPortalPortNumber: number,
      InitiatorInstanceName: input.InitiatorInstanceName ?? '',
      InitiatorPortalAddress: input.InitiatorPortalAddress ?? '',
      ...{ IsHeaderDigest: input.IsHeaderDigest === true, IsDataDigest: input.IsDataDigest === true },
    },
  );
  await discover(portal, context);
  return portal;
}

const targets = defineProvider(TARGET_CLASS, {
  methods: {
    Connect: refusing(async (input, context) => {
      await checkReady(context);
      return { ...DONE, CreatediSCSISession: await connect(input, context) };
    }),

    Disconnect: initiating(async (target, { SessionIdentifier }, context) => {
      const all = await sessionsWith(context.store, target.getString('NodeAddress') ?? '');
      const isMeant = (session: StoredInstance) =>
        typeof SessionIdentifier !== 'string' || session.get('SessionIdentifier') === SessionIdentifier;
      const meant = all.filter(isMeant);
      if (meant.length === 0) throw new MethodRefusal(IscsiStatus.invalidSessionId, 'there is no such session');
      for (const session of meant) await checkIdle(session, context);
      for (const session of meant) await closeSession(session, context);
      return DONE;
    }),

    Update: initiating(async (target, _input, context) => {
      for (const session of await sessionsWith(context.store, target.getString('NodeAddress') ?? ''))
        await matchDisks(session, undefined, context);
      return DONE;
    }),
  },
  instances: {},
  derived: {
    IsConnected: async (target, { store }) =>
      (await sessionsWith(store, target.getString('NodeAddress') ?? '')).length > 0,
  },
});

/** Whether a session is there again when the computer has started anew. */
const registering = (IsPersistent: boolean) =>
  initiating(async (session, _input, { store }) => {
    await store.put(session.with({ IsPersistent }));
    return DONE;
  });

const sessions = defineProvider(SESSION_CLASS, {
  methods: {
    Register: registering(true),
    Unregister: registering(false),
    SetCHAPSecret: refusing(async ({ ChapSecret }, context) => {
      await checkReady(context);
      await setInitiatorSecret(ChapSecret, context);
      return DONE;
    }),
  },
  instances: {},
});

/** The name of an initiator, as RFC 3720 has it: iqn., eui. or naa. */
const NODE_NAME = /^(iqn\.\d{4}-\d{2}\.[a-z0-9.-]+(:.+)?|eui\.[0-9a-f]{16}|naa\.[0-9a-f]{16}([0-9a-f]{16})?)$/i;

const ports = defineProvider(PORT_CLASS, {
  methods: {
    SetNodeAddress: managing(async (port, { NodeAddress }, { store }) => {
      if (typeof NodeAddress !== 'string' || NodeAddress.length > 223 || !NODE_NAME.test(NodeAddress))
        throw new MethodRefusal(StorageCode.invalidParameter, 'NodeAddress is no name of iSCSI');
      await store.put(port.with({ NodeAddress: NodeAddress.toLowerCase() }));
      return DONE;
    }),
  },
  instances: {},
});

/** The iSCSI initiator of a computer: it logs on to the targets that the lab has. */
export const initiatorProviders: readonly Provider[] = [portals, targets, sessions, ports];

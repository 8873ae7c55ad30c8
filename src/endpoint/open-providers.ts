import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { Provider } from '../cim/contracts/provider.js';
import type { ServedNamespace } from '../cim/create-handler.js';
import { sameNamespace } from '../cim/model/instance-path.js';
import { NameMap } from '../cim/model/name-map.js';
import { createIndications, type Indications } from '../cim/providers/indications.js';
import { type ProviderSource, serveNamespaces } from '../cim/providers/serve-namespaces.js';
import { NAMESPACE_CLASS, SECURITY_CLASS } from '../cim/schema/namespace-class.js';
import type { Schema } from '../cim/schema/schema.js';
import type { Logger } from '../http/logger.js';
import { iscsiTargetProviders } from '../iscsitarget/providers.js';
import type { LabNetwork } from '../windows/reachability/lab-network.js';
import type { MachineHooks } from '../windows/system/restart-hook.js';
import { unprovidedInstances } from '../windows/unprovided-instances.js';
import type { Closers } from './closers.js';
import { ISCSI_TARGET_NAMESPACE } from './iscsi-target-namespace.js';
import type { Model } from './load-model.js';
import type { OpenStore } from './open-store.js';
import type { ModelOptions } from './options/model-options.js';
import { placeProviders } from './place-providers.js';
import type { Power } from './power.js';
import { isOfWindows } from './windows-schema/of-windows.js';
import { windowsNamespaces } from './windows-schema/windows-namespaces.js';

/** The namespaces of an endpoint, and what their providers tell of. */
export interface OpenProviders {
  readonly namespaces: Namespaces<ServedNamespace>;
  readonly indications: Indications;
  /** The model has gone back: jobs end, and providers begin again. */
  reset(): void;
}

/** The computer that the namespaces are of. */
interface OpenMachine {
  readonly power: Pick<Power, 'leave'>;
  /** The computers of the lab, itself among them. */
  readonly network: LabNetwork;
}

/**
 * The namespaces of a model with the behaviour of their classes, built in and given.
 *
 * @throws ModelError for a provider in a namespace that there is not; ProviderDefinitionError for one that does not fit its class or
 *   another provider
 */
export function openProviders(
  model: Pick<Model, 'namespaces'>,
  { providers: given = [], namespace = ISCSI_TARGET_NAMESPACE, profile = 'smi-s', clock = Date.now }: ModelOptions,
  { store, newUuid, power, network }: Pick<OpenStore, 'store' | 'newUuid'> & OpenMachine,
  logger: Logger,
  closers: Closers,
): OpenProviders {
  const providersIn = placeProviders(model, given, namespace);
  const indications = createIndications((err) => logger.error({ err }, 'a listener of indications failed'));
  const { namespaces, reset, close } = serveNamespaces(
    model.namespaces.map(({ name, schema }) => ({
      name,
      schema,
      providers: [
        namespaceProvider,
        ...(isIscsiTarget(name) ? builtIn(iscsiTargetProviders(profile)) : []),
        ...providersIn(name),
      ],
      later: windowsProviders(name, schema, { ...machineHooks(power), network }),
      unprovided: ofWindows.has(name)
        ? unprovidedInstances(schema, (className) => isOfWindows(schema, className))
        : undefined,
      // What Microsoft's pages call the code for it is the answer; a class of somebody's own says it by its provider.
      otherMethods: ofWindows.has(name)
        ? (className) => (isOfWindows(schema, className) ? 'not-supported' : undefined)
        : undefined,
    })),
    {
      store,
      newUuid,
      now: clock,
      onFailure: (err, job) => logger.error({ err, job }, 'a job of a provider failed'),
      onReason: (reason) => logger.info({ reason }, 'provider'),
      onIndication: indications.tell,
    },
  );
  closers.add(close);
  return { namespaces, indications, reset };
}

/** What a computer does for its model. */
export function machineHooks(power: Pick<Power, 'leave'>): MachineHooks {
  return { goDown: (way, started) => power.leave(way, started) };
}

/** Whoever wants another namespace declares it in the schema. */
const namespaceProvider: ProviderSource = {
  name: `the built-in provider of ${NAMESPACE_CLASS}`,
  isBuiltIn: true,
  provider: { className: NAMESPACE_CLASS, methods: {}, instances: {} },
};

/** What Windows' classes do in a namespace, those that every namespace has with them. The page of classes is written from it, too. */
export async function windowsBehaviour(namespace: string, hooks?: MachineHooks): Promise<readonly Provider[]> {
  const { systemSecurity } = await import('../windows/security/system-security.js');
  return [...((await ofNamespaces.get(namespace)?.(hooks)) ?? []), systemSecurity];
}

const ofNamespaces = new NameMap<(hooks?: MachineHooks) => Promise<readonly Provider[]>>([
  ['root/cimv2', async (hooks) => (await import('../windows/cimv2-providers.js')).cimv2Providers(hooks)],
  [
    'root/Microsoft/Windows/Storage',
    async () => (await import('../windows/storage-management/storage-providers.js')).storageProviders(),
  ],
  [
    'root/StandardCimv2',
    async () => (await import('../windows/network/standard/standard-providers.js')).standardProviders(),
  ],
  [
    'root/cimv2/TerminalServices',
    async () => (await import('../windows/remote-desktop/remote-desktop.js')).remoteDesktopProviders(),
  ],
  ['root/cimv2/Security/MicrosoftTpm', async () => [(await import('../windows/tpm/tpm.js')).tpm]],
  [
    'root/cimv2/Security/MicrosoftVolumeEncryption',
    async () => [(await import('../windows/volume-encryption/encryptable-volumes.js')).encryptableVolumes],
  ],
  ['root/Microsoft/Windows/Smb', async () => [(await import('../windows/smb/smb-shares.js')).smbShares]],
  [
    'root/Microsoft/Windows/TaskScheduler',
    async () => (await import('../windows/tasks/scheduled-tasks.js')).taskProviders(),
  ],
  [
    'root/cimv2/power',
    async () => [
      (await import('../windows/power/power-plans.js')).powerPlans,
      ...(await import('../windows/power/power-settings.js')).powerSettings,
    ],
  ],
  ['root/subscription', async () => (await import('../windows/subscriptions/event-consumers.js')).eventConsumers],
  ['root/default', async () => [(await import('../windows/registry/std-reg-prov.js')).stdRegProv]],
]);

const ofWindows = new NameMap(windowsNamespaces.map((name) => [name, true] as const));

/** Loaded when somebody asks for a class of the namespace. A class of somebody's own under such a name is data. */
function windowsProviders(
  namespace: string,
  schema: Schema,
  hooks: MachineHooks,
): (() => Promise<readonly ProviderSource[]>) | undefined {
  if (schema.base === undefined) return undefined;
  const isWanted = ({ className }: Provider) =>
    // What every namespace has is not looked for: that would read the classes of Windows where nobody asks for them.
    className === SECURITY_CLASS
      ? schema.getOwnDeclaration(SECURITY_CLASS) === undefined
      : isOfWindows(schema, className);
  return async () => builtIn((await windowsBehaviour(namespace, hooks)).filter(isWanted));
}

function builtIn(providers: readonly Provider[]): readonly ProviderSource[] {
  return providers.map((provider) => ({
    name: `the built-in provider of ${provider.className}`,
    isBuiltIn: true,
    provider,
  }));
}

function isIscsiTarget(namespace: string): boolean {
  return sameNamespace(namespace, ISCSI_TARGET_NAMESPACE);
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InstanceStore, InstanceTransaction } from '../../src/cim/contracts/instance-store.js';
import type { Provider } from '../../src/cim/contracts/provider.js';
import { createUuidSource } from '../../src/cim/contracts/uuid-source.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { parseInstancePath } from '../../src/cim/model/parse-instance-path.js';
import { compileMof } from '../../src/mof/compile-mof.js';
import { createFollowingStore } from '../../src/store/following/following-store.js';
import { createMemoryStore } from '../../src/store/memory/memory-store.js';
import { cimv2Providers } from '../../src/windows/cimv2-providers.js';
import type { TableLab } from '../../src/windows/method-table.js';
import {
  CIMULATOR,
  CIMV2,
  ISCSI_TARGET,
  STORAGE,
  TASK_SCHEDULER,
  VOLUME_ENCRYPTION,
} from '../../src/windows/namespaces.js';
import { standardProviders } from '../../src/windows/network/standard/standard-providers.js';
import { placeInTime } from '../../src/windows/place-in-time.js';
import { placeOnComputer } from '../../src/windows/place-on-computer.js';
import { powerPlans } from '../../src/windows/power/power-plans.js';
import { stdRegProv } from '../../src/windows/registry/std-reg-prov.js';
import { remoteDesktopProviders } from '../../src/windows/remote-desktop/remote-desktop.js';
import { systemSecurity } from '../../src/windows/security/system-security.js';
import { shownOfMachine } from '../../src/windows/shown-of-machine.js';
import { smbShares } from '../../src/windows/smb/smb-shares.js';
import { storageProviders } from '../../src/windows/storage-management/storage-providers.js';
import type { MachineHooks } from '../../src/windows/system/restart-hook.js';
import { taskProviders } from '../../src/windows/tasks/scheduled-tasks.js';
import { tpm } from '../../src/windows/tpm/tpm.js';
import { TPM_NAMESPACE } from '../../src/windows/tpm/tpm-state.js';
import { encryptableVolumes } from '../../src/windows/volume-encryption/encryptable-volumes.js';
import { type CimServer, createCimServer } from '../support/cim-server.js';
import { createNeighbour } from './neighbour.js';

export { CIMV2 };

/** When machines of tests are loaded: 08:00 of a day, in milliseconds. */
export const START = Date.UTC(2026, 10, 30, 8);

const project = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => ({ file, text: readFileSync(file, 'utf8') });
const lab = 'fixtures/labs/two-servers/srv01';
const files = [
  ...['schemas/root.cimv2.mof', 'schemas/root.default.mof', 'schemas/root.cimulator.mof'],
  ...[
    'root.StandardCimv2',
    'root.cimv2.TerminalServices',
    'root.cimv2.power',
    'root.cimv2.Security.MicrosoftTpm',
    'root.Microsoft.Windows.TaskScheduler',
  ].flatMap((name) => [`schemas/${name}.mof`, `${lab}/${name}.mof`]),
  ...['schemas/root.Microsoft.Windows.Smb.mof', 'schemas/root.wmi.mof'],
  'schemas/root.cimv2.Security.MicrosoftVolumeEncryption.mof',
  ...['schemas/root.Microsoft.Windows.Storage.mof', 'schemas/schema.mof', 'fixtures/labs/two-servers.mof'],
  ...[`${lab}/root.cimv2.mof`, `${lab}/root.cimulator.mof`, `${lab}/root.wmi.mof`],
];

/** What a lab adds to srv01 of the default one. */
const ADDED: Readonly<Record<TableLab, readonly string[]>> = {
  'two-servers': [],
  'storage-spaces': ['fixtures/labs/storage-spaces/srv01/root.cimv2/disks.mof'],
};

const compiledLabs = new Map<TableLab, ReturnType<typeof compile>>();

function compiledLab(name: TableLab) {
  const known = compiledLabs.get(name) ?? compile(name);
  compiledLabs.set(name, known);
  return known;
}

function compile(name: TableLab) {
  const { namespaces } = compileMof(
    [...files, ...ADDED[name]].map((file) => read(join(project, file))),
    {
      defaultNamespace: CIMV2,
      dialect: 'windows',
      changesGivenAgain: true,
      readInclude: (path, from) => read(join(dirname(from), path)),
    },
  );
  return namespaces;
}

/** srv01 of a built-in lab, without an endpoint around it. */
export interface Machine extends CimServer {
  readonly store: InstanceStore;
  /** Sets the clock forward. */
  pass(milliseconds: number): void;
  /** Of an object, or of one that has been kept under a name. */
  path(text: string): InstancePath;
  /** From now on the name, `$pool`, is a path. */
  keep(name: string, path: InstancePath): void;
  /** Calls a method on an object or, by the name alone, on a class. */
  call(method: string, on: string, input?: Readonly<Record<string, CimValue>>): Promise<Record<string, CimValue>>;
  get(text: string, ...properties: readonly string[]): Promise<CimValue[]>;
}

/** Where the class of an object is. */
function namespaceOf(path: string): string {
  if (path.startsWith('MSFT_')) return STORAGE;
  return path.startsWith('MSISCSITARGET_') ? ISCSI_TARGET : CIMV2;
}

/** Comes with each namespace of an endpoint. */
function securityOf(namespace: string): CimInstance {
  const className = '__SystemSecurity';
  return new CimInstance(className, [], new InstancePath({ namespace, className, isSingleton: true }));
}

export async function createMachine(hooks: MachineHooks = {}, labName: TableLab = 'two-servers'): Promise<Machine> {
  const compiled = compiledLab(labName);
  const declared = [...compiled.values()].flatMap((space) => space.instances);
  const instances = [...declared, ...[CIMV2, 'root/cimv2/power'].map(securityOf)];
  const spaceOf = (name: string, providers: readonly Provider[]) => {
    const schema = compiled.get(name)?.schema;
    if (!schema) throw new Error(`nothing is declared in ${name}`);
    return { name, schema, providers };
  };
  const neighbour = await createNeighbour();
  const network = { computers: () => [neighbour] };
  let now = START;
  const followings = shownOfMachine
    .filter(({ isFollowing }) => isFollowing)
    .flatMap(({ from, fromNotes = [], load }) => {
      const show = async (store: InstanceTransaction) => (await load())({ store });
      return [
        { namespace: CIMV2, classNames: from, show },
        { namespace: CIMULATOR, classNames: fromNotes, show },
      ];
    });
  const store = createFollowingStore(createMemoryStore(), followings);
  await store.transaction((transaction) =>
    transaction.putMany(instances.map((one) => placeInTime(placeOnComputer(one, 'SRV01'), START))),
  );
  const namespaces = [
    spaceOf(CIMV2, [...cimv2Providers({ network, ...hooks }), systemSecurity]),
    spaceOf('root/default', [stdRegProv]),
    spaceOf('root/wmi', []),
    spaceOf(STORAGE, storageProviders()),
    spaceOf(ISCSI_TARGET, []),
    spaceOf('root/StandardCimv2', standardProviders()),
    spaceOf('root/cimv2/TerminalServices', remoteDesktopProviders()),
    spaceOf('root/cimv2/power', [powerPlans, systemSecurity]),
    spaceOf('root/Microsoft/Windows/Smb', [smbShares]),
    spaceOf(TPM_NAMESPACE, [tpm]),
    spaceOf(TASK_SCHEDULER, taskProviders()),
    spaceOf(CIMULATOR, []),
    spaceOf(VOLUME_ENCRYPTION, [encryptableVolumes]),
  ];
  const server = createCimServer({ namespaces, store, newUuid: createUuidSource(1) });
  const broker = server.as({ user: 'lab', now: () => now });
  const kept = new Map<string, InstancePath>();
  const path = (text: string) => {
    const known = kept.get(text);
    if (known) return known;
    const parsed = parseInstancePath(text);
    if (parsed.namespace !== undefined) return parsed;
    return parsed.inNamespace(namespaceOf(text));
  };
  /** An object that has been kept is given to a call as an embedded instance. */
  const given = (value: CimValue): CimValue => {
    if (Array.isArray(value)) return (value as readonly CimValue[]).map(given) as CimValue;
    const known = typeof value === 'string' ? kept.get(value) : undefined;
    return known ? new CimInstance(known.className, [...known.keys], known) : value;
  };
  return {
    ...server,
    broker,
    store,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    path,
    keep: (name, one) => kept.set(name, one),
    async call(method, on, input = {}) {
      // Whoever takes time is not waited for: the clock goes on.
      const ticking = setInterval(() => {
        now += 60_000;
      }, 5);
      const { returnValue, outputs } = await broker
        .invokeMethod({
          ...{ namespace: path(on).namespace ?? CIMV2, target: path(on), methodName: method },
          input: new NameMap(Object.entries(input).map(([name, value]) => [name, given(value)] as const)),
        })
        .finally(() => clearInterval(ticking));
      return { ...Object.fromEntries(outputs), ReturnValue: returnValue };
    },
    async get(text, ...properties) {
      const found = await broker.getInstance(path(text));
      return properties.map((name) => found.get(name));
    },
  };
}

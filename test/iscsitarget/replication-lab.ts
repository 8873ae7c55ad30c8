import { type Broker, brokerOf } from '../../src/cim/broker.js';
import { CallRecord, type Reason } from '../../src/cim/contracts/call.js';
import type { InstanceStore } from '../../src/cim/contracts/instance-store.js';
import type { MethodOutput } from '../../src/cim/contracts/provider.js';
import { createUuidSource } from '../../src/cim/contracts/uuid-source.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { resolvePath } from '../../src/cim/operations/resolve-path.js';
import type { Schema } from '../../src/cim/schema/schema.js';
import { buildInstance } from '../../src/iscsitarget/build-instance.js';
import { type IscsiTargetProfile, iscsiTargetProviders } from '../../src/iscsitarget/providers.js';
import { createMemoryStore } from '../../src/store/memory/memory-store.js';
import { createCimServer } from '../support/cim-server.js';
import { loadNamespace, namespace } from './iscsitarget-schema.js';

export { namespace };

const { schema } = loadNamespace();
const HOST_CLASS = 'MSFTSM_ComputerSystem';
const SERVICE_CLASS = 'MSISCSITARGET_StorageConfigurationService';
const methodName = 'CreateOrModifyReplicationPipe';

type Values = Readonly<Record<string, CimValue>>;

export interface LabOptions {
  readonly profile?: IscsiTargetProfile;
  /** Changes to the capabilities of every system, and of one of them. */
  readonly capabilities?: Values;
  readonly a?: Values;
  readonly b?: Values;
  /** TCP endpoints on each system. */
  readonly ports?: number;
}

export interface Answer {
  readonly ReturnValue: CimValue;
  readonly ReplicationPipe: CimValue;
}

/**
 * Systems `a` and `b`, which can be peers, `c`, which has no protocol, and `bare`, without services. Calls go to the
 * service of `a` unless said otherwise.
 */
export interface ReplicationLab {
  readonly store: InstanceStore;
  readonly schema: Schema;
  readonly broker: Broker;
  call(input: Values, options?: { on?: string }): Promise<Answer>;
  /** What the last call explained. */
  reasons(): readonly Reason[];
  /** Calls the provider without the broker, which would refuse some calls itself. */
  callProvider(input: Values): Promise<MethodOutput>;
  /** Creates a pipe from `a` to `b`, and fails when that does not succeed. */
  createPipe(input?: Values): Promise<InstancePath>;
  get(path: CimValue | undefined): Promise<CimInstance>;
  /** Instances of a class, in the order of their creation. */
  all(className: string): Promise<CimInstance[]>;
  /** Everything the store holds, as text: equal when nothing has changed. */
  dump(): Promise<string[]>;
  add(...instances: CimInstance[]): Promise<void>;
}

export function system(name: string): InstancePath {
  return new InstancePath({ namespace, className: HOST_CLASS, keys: { CreationClassName: HOST_CLASS, Name: name } });
}

export function port(host: string, name: string, className = 'MSISCSITARGET_TCPProtocolEndpoint'): InstancePath {
  const keys = { SystemCreationClassName: HOST_CLASS, SystemName: host, CreationClassName: className, Name: name };
  return new InstancePath({ namespace, className, keys });
}

export function service(host: string): InstancePath {
  return port(host, 'StorageConfigurationService', SERVICE_CLASS);
}

/** The two lists of parameters, from names of TCP endpoints. */
export function pairs(...names: readonly (readonly [string, string])[]): Values {
  return {
    SourceEndpoint: names.map(([source]) => port('a', source)),
    TargetEndpoint: names.map(([, target]) => port('b', target)),
  };
}

export const peers = { SourceSystem: system('a'), TargetSystem: system('b') };

export function setting(className: string, values: Values = {}): CimInstance {
  return new CimInstance(className, Object.entries({ InstanceID: 'goal:1', ElementName: 'low latency', ...values }));
}

export function build(className: string, values: Values): CimInstance {
  return buildInstance({ schema, namespace }, className, values);
}

export async function createLab(options: LabOptions = {}): Promise<ReplicationLab> {
  const store = createMemoryStore();
  const newUuid = createUuidSource(1);
  const providers = iscsiTargetProviders(options.profile ?? 'smi-s');
  const { broker, handler } = createCimServer({ namespaces: [{ name: namespace, schema, providers }], store, newUuid });
  const add = (...instances: CimInstance[]) =>
    store.transaction(async (transaction) => {
      for (const instance of instances) await transaction.put(instance);
    });
  await add(
    ...peerSystem('a', { PeerConnectionProtocol: 'copy/1', ...options.capabilities, ...options.a }, options.ports),
    ...peerSystem('b', { PeerConnectionProtocol: 'copy/1', ...options.capabilities, ...options.b }, options.ports),
    ...peerSystem('c', {}, 1),
    build(HOST_CLASS, { CreationClassName: HOST_CLASS, Name: 'bare' }),
  );
  const all = async (className: string) => {
    const found: CimInstance[] = [];
    for await (const instance of store.scan(namespace, className)) found.push(instance);
    return found;
  };
  let last = new CallRecord();
  const call: ReplicationLab['call'] = async (input, { on = 'a' } = {}) => {
    const request = { namespace, target: service(on), methodName, input: new NameMap(Object.entries(input)) };
    last = new CallRecord();
    const { returnValue, outputs } = await brokerOf(handler, last).invokeMethod(request);
    return { ReturnValue: returnValue, ReplicationPipe: outputs.get('ReplicationPipe') ?? null };
  };
  return {
    store,
    schema,
    broker,
    add,
    all,
    call,
    reasons: () => last.reasons,
    async callProvider(input) {
      const method = schema.getClass(SERVICE_CLASS).methods.get(methodName);
      const implementation = providers[0]?.methods[methodName];
      if (!method || typeof implementation !== 'function') throw new Error(`${methodName} has no provider`);
      return store.transaction(async (transaction, attempt) =>
        implementation(input, {
          namespace,
          schema,
          method,
          instance: await transaction.get(service('a')),
          user: undefined,
          signal: new AbortController().signal,
          store: transaction,
          resolve: (path) => resolvePath(path, namespace, schema, transaction),
          newUuid,
          now: Date.now,
          explain: () => undefined,
          attempt,
          job: () => undefined,
          indicate: () => undefined,
        }),
      );
    },
    async createPipe(input = {}) {
      const { ReturnValue, ReplicationPipe } = await call({ ...peers, ...input });
      if (ReplicationPipe instanceof InstancePath) return ReplicationPipe;
      throw new Error(`the pipe was not created: ${String(ReturnValue)}`);
    },
    async get(path) {
      const found = path instanceof InstancePath ? await store.get(path) : undefined;
      if (!found) throw new Error(`${String(path)} does not exist`);
      return found;
    },
    async dump() {
      const texts: string[] = [];
      for (const { name } of schema.classes) {
        for (const instance of await all(name)) texts.push(describeInstance(instance));
      }
      return texts;
    },
  };
}

function peerSystem(name: string, capabilities: Values, ports = 3): CimInstance[] {
  const hosted = { SystemCreationClassName: HOST_CLASS, SystemName: name };
  const host = build(HOST_CLASS, { CreationClassName: HOST_CLASS, Name: name });
  const configuration = build(SERVICE_CLASS, {
    ...hosted,
    CreationClassName: SERVICE_CLASS,
    Name: 'StorageConfigurationService',
  });
  const abilities = build('MSISCSITARGET_StorageReplicationCapabilities', {
    InstanceID: `capabilities:${name}`,
    ...capabilities,
  });
  const tcp = Array.from({ length: ports }, (_, index) =>
    build('MSISCSITARGET_TCPProtocolEndpoint', {
      ...hosted,
      CreationClassName: 'MSISCSITARGET_TCPProtocolEndpoint',
      Name: `tcp-${index + 1}`,
    }),
  );
  const link = (className: string, ends: Record<string, CimInstance>) =>
    build(className, Object.fromEntries(Object.entries(ends).map(([role, { path }]) => [role, path ?? null] as const)));
  return [
    host,
    configuration,
    abilities,
    ...tcp,
    link('MSISCSITARGET_HostedService', { Antecedent: host, Dependent: configuration }),
    link('MSISCSITARGET_ElementCapabilities', { ManagedElement: configuration, Capabilities: abilities }),
    ...tcp.map((endpoint) => link('MSISCSITARGET_HostedAccessPoint', { Antecedent: host, Dependent: endpoint })),
  ];
}

function describeInstance(instance: CimInstance): string {
  const properties = [...instance.properties].map(([name, value]) => `${name}=${describeValue(value)}`);
  return `${String(instance.path)} {${properties.join('; ')}}`;
}

function describeValue(value: CimValue): string {
  return isCimArray(value) ? `{${value.map(String).join(', ')}}` : String(value);
}

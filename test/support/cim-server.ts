import { type Broker, brokerOf } from '../../src/cim/broker.js';
import { type CallOptions, CallRecord } from '../../src/cim/contracts/call.js';
import { type CimHandler, type CimInterceptor, compose } from '../../src/cim/contracts/cim-handler.js';
import type { InstanceStore } from '../../src/cim/contracts/instance-store.js';
import type { Namespaces } from '../../src/cim/contracts/namespaces.js';
import type { Provider } from '../../src/cim/contracts/provider.js';
import type { ProviderFactory } from '../../src/cim/contracts/provider-host.js';
import type { UuidSource } from '../../src/cim/contracts/uuid-source.js';
import { createHandler, type ServedNamespace } from '../../src/cim/create-handler.js';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import { serveNamespaces } from '../../src/cim/providers/serve-namespaces.js';
import type { Schema } from '../../src/cim/schema/schema.js';

export interface CimServerOptions {
  readonly namespaces: readonly {
    readonly name: string;
    readonly schema: Schema;
    readonly providers?: readonly (Provider | ProviderFactory)[];
  }[];
  readonly store: InstanceStore;
  readonly newUuid: UuidSource;
  /** Given the namespaces, so that the guard can be among them. */
  readonly interceptors?: (namespaces: Namespaces) => readonly CimInterceptor[];
}

/** A CIM server without a protocol. */
export interface CimServer {
  readonly handler: CimHandler;
  readonly namespaces: Namespaces<ServedNamespace>;
  /** For callers that are nobody in particular. */
  readonly broker: Broker;
  /** For one call. */
  as(options: CallOptions): Broker;
  /** What jobs threw. */
  readonly failures: readonly unknown[];
  /** What providers explained outside operations. */
  readonly reasons: readonly string[];
  readonly indications: readonly CimInstance[];
  /** As when the model has gone back to an earlier state. */
  reset(): void;
  close(): Promise<void>;
}

/** Joins schemas, providers and a store as an endpoint does. */
export function createCimServer({ namespaces: given, store, newUuid, interceptors }: CimServerOptions): CimServer {
  const failures: unknown[] = [];
  const reasons: string[] = [];
  const indications: CimInstance[] = [];
  const { namespaces, reset, close } = serveNamespaces(
    given.map(({ name, schema, providers = [] }) => ({
      name,
      schema,
      providers: providers.map((provider, at) => ({ name: `providers[${at}]`, isBuiltIn: false, provider })),
    })),
    {
      store,
      newUuid,
      now: Date.now,
      onFailure: (error) => failures.push(error),
      onReason: (reason) => reasons.push(reason),
      onIndication: (indication) => indications.push(indication),
    },
  );
  const handler = compose(interceptors?.(namespaces) ?? [], createHandler({ store, newUuid, namespaces }));
  return {
    handler,
    namespaces,
    broker: brokerOf(handler, () => new CallRecord()),
    as: (options) => brokerOf(handler, new CallRecord(options)),
    failures,
    reasons,
    indications,
    reset,
    close,
  };
}

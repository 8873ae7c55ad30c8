import { type Broker, brokerOf } from '../../src/cim/broker.js';
import { type CallOptions, CallRecord } from '../../src/cim/contracts/call.js';
import { type CimHandler, type CimInterceptor, compose } from '../../src/cim/contracts/cim-handler.js';
import { createNamespaces, type Namespaces } from '../../src/cim/contracts/namespaces.js';
import { createHandler, type ServedNamespace } from '../../src/cim/create-handler.js';
import type { InstanceStore } from '../../src/cim/instance-store.js';
import { NameMap } from '../../src/cim/name-map.js';
import type { Provider } from '../../src/cim/provider.js';
import type { Schema } from '../../src/cim/schema.js';
import type { UuidSource } from '../../src/cim/uuid-source.js';

export interface CimServerOptions {
  readonly namespaces: readonly {
    readonly name: string;
    readonly schema: Schema;
    readonly providers?: readonly Provider[];
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
}

/** Joins schemas, providers and a store as an endpoint does. */
export function createCimServer({ namespaces: given, store, newUuid, interceptors }: CimServerOptions): CimServer {
  const namespaces = createNamespaces(
    given.map(({ name, schema, providers = [] }): ServedNamespace => {
      return { name, schema, providers: new NameMap(providers.map((one) => [one.className, one] as const)) };
    }),
  );
  const handler = compose(interceptors?.(namespaces) ?? [], createHandler({ store, newUuid, namespaces }));
  return {
    handler,
    namespaces,
    broker: brokerOf(handler, () => new CallRecord()),
    as: (options) => brokerOf(handler, new CallRecord(options)),
  };
}

import type { CimInstance } from '../cim/model/cim-instance.js';
import type { JsonInstance } from '../cimjson/cim-json-types.js';
import type { JsonObject } from '../cimjson/read-json.js';
import type { CallOptions } from '../client/call-options.js';
import type { WsmanClient } from '../client/wsman-client.js';

/** One call as its operation sees it. */
export interface OperationCall {
  /** The members of the line, their names checked. */
  readonly members: JsonObject;
  readonly client: WsmanClient;
  /** The call's namespace, else the connection's. */
  readonly namespace: string;
  /** What goes with every request of the call. */
  readonly options: CallOptions & { readonly signal: AbortSignal };
  /** An instance as JSON, typed by its class. */
  encode(instance: CimInstance): JsonInstance | Promise<JsonInstance>;
  /** Sends an item of a stream; where the parent wants no more, there is something to wait for. */
  send(item: object): Promise<void> | undefined;
  /** The same for an instance, typed by its class. */
  sendInstance(instance: CimInstance): Promise<void> | undefined;
  /** Says what `-Verbose` shows. */
  verbose(text: string): void;
}

/** An operation of the protocol. */
export interface Operation {
  /** Names of its members, apart from those that every operation has. */
  readonly members: readonly string[];
  /** @returns the members of `result`; a stream's has its count added */
  run(call: OperationCall): Promise<object>;
}

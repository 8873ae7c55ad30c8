import { CimJsonError } from '../cimjson/cim-json-error.js';
import { type JsonObject, readName, readObject, readOptional, wrong } from '../cimjson/read-json.js';
import type { CallOptions } from '../client/call-options.js';
import type { Connection } from './connection.js';
import { type Credit, createCredit } from './credit.js';
import { createInstanceEncoder } from './instance-encoder.js';
import { createItemSender } from './item-sender.js';
import type { LineWriter } from './line-writer.js';
import type { Operation } from './operation.js';
import { COMMON_MEMBERS } from './operations.js';
import type { CallMembers } from './read-message.js';
import { DEFAULT_NAMESPACE } from './read-target.js';

const DEFAULT_WINDOW = 256;

/** A call of an operation that is to be run. */
export interface OperationRun {
  readonly id: number;
  readonly operation: Operation;
  readonly members: CallMembers;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly writer: LineWriter;
}

/** A running operation. */
export interface RunningOperation {
  /** The members of `result`. */
  readonly result: Promise<object>;
  /** How many items may still be sent; undefined for an operation without items. */
  readonly credit: Credit | undefined;
}

/** @throws CimJsonError for a member that it has not, or that is wrong */
export function runOperation({ id, operation, members, connection, signal, writer }: OperationRun): RunningOperation {
  const known = new Set([...operation.members, ...COMMON_MEMBERS]);
  const json = readObject(members, '', known);
  const namespace = readOptional(readName, json, 'namespace', '') ?? DEFAULT_NAMESPACE;
  const isStream = operation.members.includes('window');
  const credit = createCredit(isStream ? readWindow(json.window) : 0);
  const sender = createItemSender(id, writer, credit, signal);
  const client = connection.client();
  const encoder = createInstanceEncoder(client, namespace);
  const run = operation.run({
    members: json,
    client,
    namespace,
    options: { ...readCallOptions(json), signal },
    encode: encoder.encode,
    send: (item) => sender.send(JSON.stringify(item)),
    verbose(text) {
      if (!signal.aborted) writer.write(JSON.stringify({ id, verbose: text }));
    },
  });
  const result = isStream ? withCount(run, sender) : run;
  return { result, credit: isStream ? credit : undefined };
}

async function withCount(run: Promise<object>, sender: ReturnType<typeof createItemSender>): Promise<object> {
  try {
    return { ...(await run), count: sender.count };
  } finally {
    sender.flush();
  }
}

function readWindow(json: unknown): number {
  if (json === undefined) return DEFAULT_WINDOW;
  if (!Number.isSafeInteger(json) || Number(json) < 1) throw wrong(json, 'window', 'a number of items, 1 at least');
  return Number(json);
}

function readCallOptions(json: JsonObject): CallOptions {
  const seconds = json.operationTimeoutSec;
  if (seconds !== undefined && !(typeof seconds === 'number' && seconds > 0))
    throw wrong(seconds, 'operationTimeoutSec', 'a number above 0');
  return {
    ...(typeof seconds === 'number' && { operationTimeoutMs: seconds * 1000 }),
    ...(json.options !== undefined && { options: readOptions(json.options) }),
  };
}

function readOptions(json: unknown): Readonly<Record<string, string>> {
  const options: [string, string][] = [];
  for (const [name, text] of Object.entries(readObject(json, 'options'))) {
    if (typeof text !== 'string') throw new CimJsonError(`options.${name}`, 'it is no text');
    options.push([name, text]);
  }
  return Object.fromEntries(options);
}

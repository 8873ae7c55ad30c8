import { CimJsonError } from '../cimjson/cim-json-error.js';
import { type JsonObject, readName, readObject, readOptional, wrong } from '../cimjson/read-json.js';
import type { CallOptions } from '../client/call-options.js';
import type { RunningCall } from './calls.js';
import type { Connection } from './connection.js';
import { createCredit } from './credit.js';
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
  readonly call: RunningCall;
  readonly operation: Operation;
  readonly members: CallMembers;
  readonly connection: Connection;
  readonly writer: LineWriter;
}

/**
 * Runs an operation to its end.
 *
 * @returns the members of `result`
 * @throws CimJsonError for a member that the operation has not, or that is wrong; what the client throws
 */
export async function runOperation({ call, operation, members, connection, writer }: OperationRun): Promise<object> {
  const { id, signal } = call;
  const known = new Set([...operation.members, ...COMMON_MEMBERS]);
  const json = readObject(members, '', known);
  const namespace = readOptional(readName, json, 'namespace', '') ?? DEFAULT_NAMESPACE;
  const isStream = operation.members.includes('window');
  const credit = createCredit(readWindow(json.window));
  if (isStream) call.credit = credit;
  const sender = createItemSender(id, writer, credit, signal);
  const client = connection.client();
  const encoder = createInstanceEncoder(client, namespace);
  const operate = () =>
    operation.run({
      members: json,
      client,
      namespace,
      options: { ...readCallOptions(json), signal },
      encode: encoder.encode,
      send: (item) => sender.send(JSON.stringify(item)),
      sendInstance(instance) {
        const json = encoder.write(instance);
        return json instanceof Promise ? json.then((text) => sender.send(text)) : sender.send(json);
      },
      verbose(text) {
        if (!signal.aborted) writer.write(JSON.stringify({ id, verbose: text }));
      },
    });
  const running = connection.run(call, operate);
  if (!isStream) return running;
  try {
    return { ...(await running), count: sender.count };
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
  const resourceUri = readOptional(readName, json, 'resourceUri', '');
  return {
    ...(typeof seconds === 'number' && { operationTimeoutMs: seconds * 1000 }),
    ...(resourceUri !== undefined && { resourceUri }),
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

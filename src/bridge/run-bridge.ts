import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { CimJsonError } from '../cimjson/cim-json-error.js';
import { readName, readObject } from '../cimjson/read-json.js';
import { createClient } from '../client/wsman-client.js';
import { type Connection, createConnection } from './connection.js';
import type { Credit } from './credit.js';
import { CANCELLED, describeError } from './describe-error.js';
import { FatalError } from './fatal-error.js';
import { createLineWriter } from './line-writer.js';
import { operations } from './operations.js';
import { MAX_LINE_BYTES, readLines } from './read-lines.js';
import { type CallMembers, readMessage } from './read-message.js';
import { readTarget } from './read-target.js';
import { runOperation } from './run-operation.js';
import { createSecrets, type Secrets } from './secrets.js';

/** What a bridge talks through. */
export interface BridgeStreams {
  readonly input: Readable;
  readonly output: Writable;
  /** Gets each of the bridge's own faults, as text without secrets. */
  readonly reportFault: (text: string) => void;
  readonly secrets?: Secrets;
}

/** How long releases on servers may take after the parent has gone. */
const FAREWELL_MS = 2000;

interface RunningCall {
  readonly abort: AbortController;
  credit?: Credit | undefined;
}

/**
 * Serves a parent until its end; the greeting was written before.
 *
 * @returns the exit status: 0 at the end of `input`, 2 when the parent did not keep to the protocol, which it is told in a last line
 */
export async function runBridge(streams: BridgeStreams): Promise<0 | 2> {
  const { input, output, reportFault, secrets = createSecrets() } = streams;
  const writer = createLineWriter(output);
  const connections = new Map<string, Connection>();
  const calls = new Map<number, RunningCall>();
  /** What still goes on, for calls that have ended for the parent, too. */
  const work = new Set<Promise<unknown>>();

  const finish = (id: number, end: { readonly result: object } | { readonly error: object }) => {
    if (!calls.delete(id)) return;
    const line = JSON.stringify({ id, ...end });
    // A quarter of the bytes is what a character may have.
    if (line.length > MAX_LINE_BYTES / 4 && Buffer.byteLength(line) >= MAX_LINE_BYTES)
      writer.write(
        JSON.stringify({ id, error: { kind: 'transport', failure: 'response', message: 'the answer is too long' } }),
      );
    else writer.write(line);
  };

  const cancel = (id: number) => {
    const call = calls.get(id);
    if (!call) return;
    call.abort.abort();
    finish(id, { error: CANCELLED });
  };

  const open = async ({ connection, target, ...rest }: CallMembers) => {
    readObject(rest, '', new Set());
    const name = readName({ connection }, 'connection', '');
    if (connections.has(name)) throw new CimJsonError('connection', `'${name}' is open already`);
    connections.set(name, createConnection(createClient(readTarget(target, secrets))));
    return {};
  };

  const close = async ({ connection, ...rest }: CallMembers) => {
    readObject(rest, '', new Set());
    const name = readName({ connection }, 'connection', '');
    const found = findConnection(name);
    connections.delete(name);
    await found.close();
    return {};
  };

  const findConnection = (name: string): Connection => {
    const found = connections.get(name);
    if (!found) throw new CimJsonError('connection', `'${name}' is not open`);
    return found;
  };

  const start = (id: number, name: string, members: CallMembers, call: RunningCall): Promise<object> => {
    if (name === 'open') return open(members);
    if (name === 'close') return close(members);
    const operation = operations.get(name);
    if (!operation) throw new FatalError(`call ${id}: there is no operation '${name.slice(0, 60)}'`);
    const connection = findConnection(readName(members, 'connection', ''));
    const signal = AbortSignal.any([call.abort.signal, connection.signal]);
    const { result, credit } = runOperation({ id, operation, members, connection, signal, writer });
    call.credit = credit;
    return result;
  };

  const begin = (id: number, name: string, members: CallMembers) => {
    if (calls.has(id)) throw new FatalError(`call ${id}: there is one of this id already`);
    const call: RunningCall = { abort: new AbortController() };
    calls.set(id, call);
    const running = (async () => start(id, name, members, call))()
      .then((result) => finish(id, { result }))
      .catch((error: unknown) => {
        if (error instanceof FatalError) throw error;
        finish(id, { error: describe(error) });
      });
    return running;
  };
  const describe = (error: unknown) => {
    const described = describeError(error);
    if (described.kind === 'internal' && error instanceof Error)
      reportFault(secrets.mask(error.stack ?? error.message));
    return described;
  };

  const serve = async (): Promise<void> => {
    for await (const line of readLines(input)) {
      const message = readMessage(line);
      if (message.kind === 'cancel') cancel(message.id);
      else if (message.kind === 'more') calls.get(message.id)?.credit?.give(message.count);
      else {
        const { id, operation, members } = message;
        const running = begin(id, operation, members);
        work.add(running);
        void running.finally(() => work.delete(running)).catch(fail);
      }
    }
  };
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const gone = new Promise<void>((resolve) => {
    output.once('close', resolve).once('error', () => resolve());
  });

  let status: 0 | 2 = 0;
  try {
    await Promise.race([serve(), failed, gone]);
  } catch (error) {
    if (!(error instanceof FatalError)) reportFault(secrets.mask(String(error)));
    await writer.end(JSON.stringify({ fatal: secrets.mask(error instanceof Error ? error.message : String(error)) }));
    status = 2;
  }
  for (const { abort } of calls.values()) abort.abort();
  calls.clear();
  const farewell = Promise.allSettled([...work, writer.end()]);
  await Promise.race([farewell, sleep(FAREWELL_MS, undefined, { ref: false })]);
  return status;
}

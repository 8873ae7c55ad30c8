import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCalls } from './calls.js';
import { createConnections } from './connections.js';
import { describeError } from './describe-error.js';
import { FatalError } from './fatal-error.js';
import { createLineWriter } from './line-writer.js';
import { operations } from './operations.js';
import { readLines } from './read-lines.js';
import { type ParentMessage, readMessage } from './read-message.js';
import { runOperation } from './run-operation.js';
import type { Secrets } from './secrets.js';

/** What a bridge talks through. */
export interface BridgeStreams {
  /** Bytes of the parent. */
  readonly input: Readable;
  readonly output: Writable;
  /** Gets each fault of the bridge's own, without secrets. */
  readonly reportFault: (text: string) => void;
  readonly secrets: Secrets;
}

/** How long what is open on servers may take to be released after the parent has gone. */
const FAREWELL_MS = 2000;

/**
 * Serves a parent until its end; the greeting was written before.
 *
 * @returns the exit status: 0 at the end of `input`, 2 when the parent did not keep to the protocol, which it is told in a last line
 */
export async function runBridge({ input, output, reportFault, secrets }: BridgeStreams): Promise<0 | 2> {
  const writer = createLineWriter(output);
  const connections = createConnections(secrets);
  const calls = createCalls(writer, (error) => {
    const described = describeError(error);
    if (described.kind === 'internal') reportFault(secrets.mask(stackOf(error)));
    return described;
  });

  const take = (message: ParentMessage) => {
    if (message.kind === 'cancel') return calls.cancel(message.id);
    if (message.kind === 'more') return calls.more(message.id, message.count);
    const { id, operation: name, members } = message;
    if (name === 'open') return calls.begin(id, async () => connections.open(members));
    if (name === 'close') return calls.begin(id, () => connections.close(members));
    const operation = operations.get(name);
    if (!operation) throw new FatalError(`call ${id}: there is no operation '${name.slice(0, 60)}'`);
    return calls.begin(id, (call) =>
      runOperation({ call, operation, members, connection: connections.find(members), writer }),
    );
  };
  const endAll = async () => {
    await calls.abandon();
    await connections.closeAll();
  };
  const serve = async () => {
    for await (const line of readLines(input)) take(readMessage(line));
  };

  try {
    await Promise.race([serve(), isGone(output)]);
    await inTime(endAll());
    await inTime(writer.end());
    return 0;
  } catch (error) {
    if (!(error instanceof FatalError)) reportFault(secrets.mask(stackOf(error)));
    await inTime(writer.end(JSON.stringify({ fatal: secrets.mask(messageOf(error)) })));
    await inTime(endAll());
    return 2;
  }
}

/** Nobody reads any more: the parent has gone, whatever holds its end of the input. */
function isGone(output: Writable): Promise<void> {
  return new Promise((resolve) => {
    output.once('close', resolve).once('error', () => resolve());
  });
}

async function inTime(work: Promise<void>): Promise<void> {
  await Promise.race([work, sleep(FAREWELL_MS, undefined, { ref: false })]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: unknown): string {
  return (error instanceof Error && error.stack) || messageOf(error);
}

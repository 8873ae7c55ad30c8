import { randomUUID } from 'node:crypto';
import type { ContextStore } from '../../cim/context-store.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { EnumerationState } from './enumeration-state.js';

/** Pending items per row: a Pull reads and writes one row of them, however many there are. */
const CHUNK = 500;

/** A stored enumeration. Its identifier is random: whoever does not know it cannot guess it. */
export interface StoredEnumeration {
  readonly id: string;
  readonly state: EnumerationState;
  readonly expires: number;
}

/**
 * Stores a new enumeration; items beyond the first chunk go to rows of their own. Those belong to the enumeration, so
 * that the rows of a user are the enumerations that the user has open.
 */
export async function storeEnumeration(
  contexts: ContextStore,
  owner: string,
  state: EnumerationState,
  timeout: number,
): Promise<StoredEnumeration> {
  const id = `uuid:${randomUUID().toUpperCase()}`;
  const expires = state.expires ?? Date.now() + timeout;
  let chunkCount = 0;
  for (let from = CHUNK; from < state.pending.length; from += CHUNK) {
    const chunk = JSON.stringify(state.pending.slice(from, from + CHUNK));
    await contexts.put(chunkId(id, chunkCount), { owner: id, state: chunk, expires });
    chunkCount += 1;
  }
  const stored = { ...state, pending: state.pending.slice(0, CHUNK), nextChunk: 0, chunkCount };
  await contexts.put(id, { owner, state: JSON.stringify(stored), expires });
  return { id, state: stored, expires };
}

/** @throws WsmanFault InvalidEnumerationContext when it is unknown, has ended, or is another user's */
export async function loadEnumeration(contexts: ContextStore, owner: string, id: string): Promise<StoredEnumeration> {
  const record = await contexts.get(id);
  if (record?.owner !== owner) throw new WsmanFault('InvalidEnumerationContext');
  return { id, state: JSON.parse(record.state) as EnumerationState, expires: record.expires };
}

/** Stores where an enumeration stands now. Being pulled from keeps it alive. */
export async function updateEnumeration(
  contexts: ContextStore,
  owner: string,
  before: StoredEnumeration,
  state: EnumerationState,
  timeout: number,
): Promise<void> {
  const { id } = before;
  const expires = state.expires ?? Date.now() + timeout;
  for (let chunk = before.state.nextChunk; chunk < state.nextChunk; chunk += 1)
    await contexts.delete(chunkId(id, chunk));
  await contexts.put(id, { owner, state: JSON.stringify(state), expires });
  await keepChunks(contexts, id, state, expires);
}

/** Sets a new end. */
export async function renewEnumeration(
  contexts: ContextStore,
  owner: string,
  { id, state }: StoredEnumeration,
  expires: number,
): Promise<void> {
  await contexts.put(id, { owner, state: JSON.stringify({ ...state, expires }), expires });
  await keepChunks(contexts, id, state, expires);
}

async function keepChunks(contexts: ContextStore, id: string, state: EnumerationState, expires: number): Promise<void> {
  for (let chunk = state.nextChunk; chunk < state.chunkCount; chunk += 1) {
    const record = await contexts.get(chunkId(id, chunk));
    if (record) await contexts.put(chunkId(id, chunk), { ...record, expires });
  }
}

/** The items of a further row. */
export async function readChunk(contexts: ContextStore, id: string, chunk: number): Promise<readonly string[]> {
  const record = await contexts.get(chunkId(id, chunk));
  return record ? (JSON.parse(record.state) as string[]) : [];
}

/** Ends an enumeration. */
export async function dropEnumeration(contexts: ContextStore, { id, state }: StoredEnumeration): Promise<void> {
  for (let chunk = state.nextChunk; chunk < state.chunkCount; chunk += 1) await contexts.delete(chunkId(id, chunk));
  await contexts.delete(id);
}

function chunkId(id: string, chunk: number): string {
  return `${id}/${chunk}`;
}

import { randomUUID } from 'node:crypto';
import type { ContextRecord, ContextStore } from '../../cim/context-store.js';
import type { Call } from '../../cim/contracts/call.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { EnumerationState } from './enumeration-state.js';

/** Pending items per part: a Pull reads as many at a time, however many there are. */
const PART_ITEMS = 500;

/** A stored enumeration. Its identifier is random: whoever does not know it cannot guess it. */
export interface StoredEnumeration {
  readonly id: string;
  readonly state: EnumerationState;
  /** As the store has it. */
  readonly record: ContextRecord;
}

/** In whose name the enumerations of a call are kept. */
export function ownerOf({ user }: Call): string {
  return user ?? '';
}

/** Stores a new enumeration. When many items are pending, they go to parts, which no Pull has to write again. */
export async function storeEnumeration(
  contexts: ContextStore,
  owner: string,
  state: EnumerationState,
  timeout: number,
): Promise<StoredEnumeration> {
  const id = `uuid:${randomUUID().toUpperCase()}`;
  const { pending } = state;
  const parts: string[] = [];
  if (pending.length > PART_ITEMS) {
    for (let from = 0; from < pending.length; from += PART_ITEMS)
      parts.push(JSON.stringify(pending.slice(from, from + PART_ITEMS)));
  }
  const stored = parts.length === 0 ? state : { ...state, pending: [], position: 0, partItems: pending.length };
  const record = recordOf(owner, stored, timeout);
  await contexts.add(id, record, parts);
  return { id, state: stored, record };
}

/** @throws WsmanFault InvalidEnumerationContext when it is unknown, has ended, or is another user's */
export async function loadEnumeration(contexts: ContextStore, owner: string, id: string): Promise<StoredEnumeration> {
  const record = await contexts.get(id);
  if (record?.owner !== owner) throw new WsmanFault('InvalidEnumerationContext');
  return { id, state: JSON.parse(record.state) as EnumerationState, record };
}

/**
 * Stores where an enumeration stands now, or ends it when nothing is left. Being pulled from keeps it alive.
 *
 * @returns false when another request has gone on with it since it was loaded: what was read for this one is void
 */
export function advanceEnumeration(
  contexts: ContextStore,
  { id, record }: StoredEnumeration,
  rest: EnumerationState | undefined,
  timeout: number,
): Promise<boolean> {
  return rest ? contexts.replace(id, record, recordOf(record.owner, rest, timeout)) : contexts.delete(id, record);
}

/** The items of a part from a position among all items in parts on. */
export async function readPart(contexts: ContextStore, id: string, position: number): Promise<readonly string[]> {
  const part = await contexts.getPart(id, Math.floor(position / PART_ITEMS));
  // The enumeration has been released while it was pulled from.
  if (part === undefined) throw new WsmanFault('InvalidEnumerationContext');
  return (JSON.parse(part) as string[]).slice(position % PART_ITEMS);
}

function recordOf(owner: string, state: EnumerationState, timeout: number): ContextRecord {
  return { owner, state: JSON.stringify(state), expires: state.expires ?? Date.now() + timeout };
}

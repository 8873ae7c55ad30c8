import { randomUUID } from 'node:crypto';
import type { Call } from '../../cim/contracts/call.js';
import type { ContextRoom, ContextStore, ContextTerms } from '../../cim/contracts/context-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { SettingValues } from '../service-settings.js';
import type { EnumerationState } from './enumeration-state.js';

/** Pending items per part: a Pull reads as many at a time, however many there are. */
const PART_ITEMS = 500;

/** A stored enumeration. Its identifier is random: whoever does not know it cannot guess it. */
export interface StoredEnumeration {
  readonly id: string;
  readonly state: EnumerationState;
  /** The state as the store has it. */
  readonly text: string;
  /** Milliseconds for which the store will keep it. */
  readonly remaining: number;
}

/** In whose name the enumerations of a call are kept. */
export function ownerOf({ user }: Call): string {
  return user ?? '';
}

/**
 * Stores a new enumeration. When many items are pending, they go to parts, which no Pull has to write again.
 *
 * @returns the identifier; undefined when the owner has as many enumerations open as the terms allow
 * @throws WsmanFault QuotaLimit when they take more room than the terms allow
 */
export async function storeEnumeration(
  contexts: ContextStore,
  owner: string,
  state: EnumerationState,
  terms: Omit<ContextTerms, 'parts'>,
): Promise<string | undefined> {
  const id = `uuid:${randomUUID().toUpperCase()}`;
  const { pending } = state;
  const parts: string[] = [];
  if (pending.length > PART_ITEMS) {
    for (let from = 0; from < pending.length; from += PART_ITEMS)
      parts.push(JSON.stringify(pending.slice(from, from + PART_ITEMS)));
  }
  const stored = parts.length === 0 ? state : { ...state, pending: [], position: 0, partItems: pending.length };
  const record = { kind: 'enumeration', owner, state: JSON.stringify(stored) } as const;
  return (await withinRoom(() => contexts.add(id, record, { ...terms, parts }))) ? id : undefined;
}

/** @throws WsmanFault InvalidEnumerationContext when it is unknown, has ended, or is another user's */
export async function loadEnumeration(contexts: ContextStore, owner: string, id: string): Promise<StoredEnumeration> {
  const kept = await contexts.get(id);
  if (kept?.kind !== 'enumeration' || kept.owner !== owner) throw new WsmanFault('InvalidEnumerationContext');
  const { state: text, remaining } = kept;
  return { id, state: JSON.parse(text) as EnumerationState, text, remaining };
}

/**
 * Stores where an enumeration stands now, or ends it when nothing is left. Being pulled from keeps one alive for another
 * `lifetime`, unless the client has asked for an end.
 *
 * @param lifetime milliseconds
 * @returns false when another request has gone on with it since it was loaded: what was read for this one is void
 * @throws WsmanFault QuotaLimit when more of it would have to be kept than there is room for; it stays where it stood
 */
export function advanceEnumeration(
  contexts: ContextStore,
  stored: StoredEnumeration,
  rest: EnumerationState | undefined,
  lifetime: number,
  room?: ContextRoom,
): Promise<boolean> {
  if (!rest) return endEnumeration(contexts, stored);
  const { id, text } = stored;
  return withinRoom(() =>
    contexts.replace(id, text, JSON.stringify(rest), rest.hasFixedEnd ? undefined : lifetime, room),
  );
}

/** What the settings allow enumerations to take. */
export function roomOf({ maxEnumerationMemoryKb, maxEnumerationMemoryKbPerUser }: SettingValues): ContextRoom {
  return { ofOwner: maxEnumerationMemoryKbPerUser * 1024, ofAll: maxEnumerationMemoryKb * 1024 };
}

async function withinRoom<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError && error.kind === 'full')) throw error;
    throw new WsmanFault(
      'QuotaLimit',
      'Open enumerations take all the memory that is for them. Pull them to their end or release them.',
    );
  }
}

/** Gives an enumeration an end that no Pull moves. False as for {@link advanceEnumeration}. */
export function renewEnumeration(
  contexts: ContextStore,
  { id, state, text }: StoredEnumeration,
  lifetime: number,
): Promise<boolean> {
  return contexts.replace(id, text, JSON.stringify({ ...state, hasFixedEnd: true }), lifetime);
}

/** Ends an enumeration. False as for {@link advanceEnumeration}. */
export function endEnumeration(contexts: ContextStore, { id, text }: StoredEnumeration): Promise<boolean> {
  return contexts.delete(id, text);
}

/** The items of a part from a position among all items in parts on. */
export async function readPart(contexts: ContextStore, id: string, position: number): Promise<readonly string[]> {
  const part = await contexts.getPart(id, Math.floor(position / PART_ITEMS));
  // The enumeration has been released while it was pulled from.
  if (part === undefined) throw new WsmanFault('InvalidEnumerationContext');
  return (JSON.parse(part) as string[]).slice(position % PART_ITEMS);
}

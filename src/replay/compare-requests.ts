import type { Json } from '../cimjson/cim-json-types.js';
import { MASK } from '../secrets/mask-assignments.js';
import type { MessageRequest } from './message-request.js';

/** A place where two requests differ, as `input.Mode`. */
export interface Difference {
  readonly place: string;
  readonly recorded: Json | undefined;
  readonly came: Json | undefined;
}

/**
 * Where a request differs from a recorded one. Names compare without case; NULL is as good as nothing, since clients send either.
 * What stands in the place of a secret is equal to anything. Texts that name numbers or truth values compare as they stand: the recording has no types.
 */
export function differences(recorded: MessageRequest, came: MessageRequest): readonly Difference[] {
  return [...compareMembers('', asObject(recorded), asObject(came))];
}

function* compare(place: string, recorded: Json | undefined, came: Json | undefined): Generator<Difference> {
  if (recorded === MASK) return;
  if (isList(recorded) && isList(came) && recorded.length === came.length) yield* compareLists(place, recorded, came);
  else if (isObject(recorded) && isObject(came)) yield* compareMembers(place, recorded, came);
  else if (!isSame(place, recorded ?? undefined, came ?? undefined)) yield { place, recorded, came };
}

function* compareLists(place: string, recorded: readonly Json[], came: readonly Json[]): Generator<Difference> {
  for (const [index, one] of recorded.entries()) yield* compare(`${place}[${index}]`, one, came[index]);
}

function* compareMembers(place: string, recorded: JsonObject, came: JsonObject): Generator<Difference> {
  const left = membersOf(recorded);
  const right = membersOf(came);
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const name = left.get(key)?.name ?? right.get(key)?.name ?? key;
    yield* compare(place === '' ? name : `${place}.${name}`, left.get(key)?.value, right.get(key)?.value);
  }
}

type JsonObject = { readonly [name: string]: Json };

/** What is undefined is not there. */
function asObject(request: MessageRequest): JsonObject {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as JsonObject;
}

interface Member {
  readonly name: string;
  readonly value: Json;
}

function membersOf(object: JsonObject): ReadonlyMap<string, Member> {
  const present = Object.entries(object).filter(([, value]) => value !== null && value !== undefined);
  return new Map(present.map(([name, value]) => [name.toLowerCase(), { name, value }]));
}

/** Names, which are those of the request itself and of what references refer to, compare without case. */
const NAMES = /^(?:operation|resource|method|fragment|mode)$|(?:^|\.)reference$/;

function isSame(place: string, recorded: Json | undefined, came: Json | undefined): boolean {
  if (typeof recorded !== 'string' || typeof came !== 'string') return recorded === came;
  if (NAMES.test(place)) return recorded.toLowerCase() === came.toLowerCase();
  // CIM's keys compare without case here as everywhere in the project (docs/decisions/0007).
  return place.startsWith('selectors.') ? recorded.toLowerCase() === came.toLowerCase() : recorded === came;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A request as one key, for requests of which most differ from each other; equal requests have equal keys, unless something is masked. */
export function requestKey({ operation, resource, method }: MessageRequest): string {
  return [operation, resource ?? '', method ?? ''].join('\n').toLowerCase();
}

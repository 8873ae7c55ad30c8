import { createHash } from 'node:crypto';
import type { Namespace } from '../cim/contracts/namespaces.js';
import type { StateNotes } from '../cim/contracts/state.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { schemaDigest } from '../lab/schema-digest.js';
import { writeDocument } from '../store/durable/write-document.js';

/** What a state was made from. */
export interface StateOrigin {
  /** Names of labs, and of folders and files of classes, parted by commas. */
  readonly lab: string;
  readonly schema: string;
  readonly labDigest: string;
  readonly schemaDigest: string;
  /** Both came with the program: with a newer one they may be others. */
  readonly isBuiltIn: boolean;
}

/** The name of the note that says it. */
const NOTE = 'origin';

/** Of a lab as it was compiled: SHA-256 of its instances, in their order. */
export function labDigest(instances: readonly CimInstance[]): string {
  const hash = createHash('sha256');
  for (const instance of instances) hash.update(writeDocument(instance)).update('\n');
  return hash.digest('hex');
}

/** @param named what the parts are called, and whether they came with the program */
export function originOf(
  named: Pick<StateOrigin, 'lab' | 'schema' | 'isBuiltIn'>,
  instances: readonly CimInstance[],
  namespaces: Iterable<Namespace>,
): StateOrigin {
  return { ...named, labDigest: labDigest(instances), schemaDigest: schemaDigest(namespaces) };
}

/** Undefined when the state does not say. */
export async function readOrigin(notes: StateNotes): Promise<StateOrigin | undefined> {
  return parseOrigin(await notes.get(NOTE));
}

export async function writeOrigin(notes: StateNotes, origin: StateOrigin | undefined): Promise<void> {
  for (const [name, text] of originNote(origin)) await notes.put(name, text);
}

/** The same as the note that says it, by its name. */
export function originNote(origin: StateOrigin | undefined): ReadonlyMap<string, string> {
  return new Map([[NOTE, JSON.stringify(origin ?? null)]]);
}

export function isSameOrigin(one: StateOrigin, other: StateOrigin): boolean {
  return one.labDigest === other.labDigest && one.schemaDigest === other.schemaDigest;
}

function parseOrigin(text: string | undefined): StateOrigin | undefined {
  return text === undefined ? undefined : checkOrigin(JSON.parse(text));
}

/** What is no origin is none. */
export function checkOrigin(value: unknown): StateOrigin | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { lab, schema, labDigest, schemaDigest, isBuiltIn } = value as Partial<Record<keyof StateOrigin, unknown>>;
  if (typeof lab !== 'string' || typeof schema !== 'string' || typeof isBuiltIn !== 'boolean') return undefined;
  if (typeof labDigest !== 'string' || typeof schemaDigest !== 'string') return undefined;
  return { lab, schema, labDigest, schemaDigest, isBuiltIn };
}

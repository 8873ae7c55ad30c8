import { createHash } from 'node:crypto';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { UuidPosition } from '../cim/contracts/uuid-source.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { readModelContent, writeModelContent } from './model-content-codec.js';
import { haveSameSchemas, schemaDigest } from './schema-digest.js';
import { SnapshotError } from './snapshot-error.js';

export const SNAPSHOT_FORMAT = 'cimulator-snapshot-1';

/**
 * The model and where the row of generated names is, to go back to. It is JSON: `JSON.stringify` writes it whole, and what `JSON.parse`
 * makes of that is one, too. In the process that took it, it is restored from memory.
 */
export interface Snapshot {
  readonly format: typeof SNAPSHOT_FORMAT;
  /** SHA-256 of the classes that it was taken of. */
  readonly schema: string;
  /** Instances in the order of their creation, and the row of names: JSON as a text, for nobody to look into. */
  readonly state: string;
  /** SHA-256 of the members above. */
  readonly digest: string;
}

/** What a snapshot holds. */
export interface ModelContent {
  /** Each with its path, in the order of their creation. */
  readonly instances: readonly CimInstance[];
  /** Undefined: names are random. */
  readonly names: UuidPosition | undefined;
}

/** Instances are values and schemas that are served do not change: what was taken of them once stays as it is. */
const taken = new WeakMap<object, { readonly content: ModelContent; readonly namespaces: Namespaces }>();

/** Takes a snapshot. Its texts are written when they are first asked for. */
export function takeSnapshot(content: ModelContent, namespaces: Namespaces): Snapshot {
  let written: Omit<Snapshot, 'format'> | undefined;
  const write = () => {
    written ??= withDigest(schemaDigest(namespaces), writeModelContent(content, namespaces));
    return written;
  };
  const snapshot: Snapshot = {
    format: SNAPSHOT_FORMAT,
    get schema() {
      return write().schema;
    },
    get state() {
      return write().state;
    },
    get digest() {
      return write().digest;
    },
  };
  taken.set(Object.freeze(snapshot), { content, namespaces });
  return snapshot;
}

/**
 * What a snapshot holds, checked to be of these classes and whole.
 *
 * @throws SnapshotError
 */
export function readSnapshot(snapshot: unknown, namespaces: Namespaces): ModelContent {
  const own = typeof snapshot === 'object' && snapshot !== null ? taken.get(snapshot) : undefined;
  if (own && haveSameSchemas(own.namespaces, namespaces)) return own.content;
  const { schema, state } = checkWhole(snapshot);
  if (schema !== schemaDigest(namespaces))
    throw new SnapshotError(
      'the snapshot is of other classes than this endpoint has: start it with the same schema and lab',
    );
  return own?.content ?? readModelContent(state, namespaces);
}

function withDigest(schema: string, state: string): Omit<Snapshot, 'format'> {
  return { schema, state, digest: digestOf(schema, state) };
}

function digestOf(schema: string, state: string): string {
  return createHash('sha256').update(`${SNAPSHOT_FORMAT}\n${schema}\n${state}`).digest('hex');
}

/** @throws SnapshotError for what is no snapshot, has another format, or is not as it was written */
function checkWhole(snapshot: unknown): Snapshot {
  if (typeof snapshot !== 'object' || snapshot === null || !('format' in snapshot))
    throw new SnapshotError('this is no snapshot: it has no format');
  const { format, schema, state, digest } = snapshot as Partial<Record<keyof Snapshot, unknown>>;
  if (format !== SNAPSHOT_FORMAT) {
    const found = typeof format === 'string' ? `'${format.slice(0, 60)}'` : 'none that is known';
    throw new SnapshotError(
      `the snapshot's format is ${found}, and this version reads '${SNAPSHOT_FORMAT}': take it anew`,
    );
  }
  if (typeof schema !== 'string' || typeof state !== 'string' || typeof digest !== 'string')
    throw new SnapshotError('the snapshot is cut short: schema, state or digest is missing');
  if (digest !== digestOf(schema, state))
    throw new SnapshotError('the snapshot was cut short or edited: its digest is not that of its content');
  return { format, schema, state, digest };
}

import type { StateOrigin } from '../state-origin.js';

/**
 * A backup is lines of JSON: the head; a document for each instance, in the order of creation (`src/store/durable/document-form.ts`); the end.
 * It needs no schema to be read, and says nothing of the store that it comes from or goes to.
 */
export const BACKUP_FORMAT = 'cimulator-backup-1';

/** The first line. */
export interface BackupHead {
  readonly format: typeof BACKUP_FORMAT;
  /** Version of the program. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** What the state was made from; null when it does not say. */
  readonly origin: StateOrigin | null;
}

/** The last line. */
export interface BackupEnd {
  readonly instances: number;
  /** SHA-256 of all lines before, each with its end of line. */
  readonly digest: string;
}

import { createHash } from 'node:crypto';

/**
 * What stands for a text in the columns that are searched, as PostgreSQL writes a `bytea`: paths and values may be longer than an entry
 * of an index, and have characters that no text of PostgreSQL has.
 */
export function hashOf(text: string): string {
  return `\\x${createHash('sha256').update(text, 'utf16le').digest('hex')}`;
}

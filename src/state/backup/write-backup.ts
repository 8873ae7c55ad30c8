import { createHash } from 'node:crypto';
import type { State } from '../../cim/contracts/state.js';
import { packageVersion } from '../../package/package-version.js';
import { writeDocument } from '../../store/durable/write-document.js';
import { readOrigin } from '../state-origin.js';
import { BACKUP_FORMAT, type BackupEnd, type BackupHead } from './backup-format.js';

/** The text of a backup, a piece at a time: of the state of one moment, while others go on writing. */
export async function* writeBackup({ store, notes }: Pick<State, 'store' | 'notes'>): AsyncGenerator<string> {
  const origin = (await readOrigin(notes)) ?? null;
  const head: BackupHead = { format: BACKUP_FORMAT, by: packageVersion(), at: new Date().toISOString(), origin };
  const hash = createHash('sha256');
  let instances = 0;
  const hashed = (text: string) => {
    hash.update(text);
    return text;
  };
  yield hashed(`${JSON.stringify(head)}\n`);
  for await (const batch of store.batches()) {
    instances += batch.length;
    yield hashed(batch.map((instance) => `${writeDocument(instance)}\n`).join(''));
  }
  const end: BackupEnd = { instances, digest: hash.digest('hex') };
  yield `${JSON.stringify(end)}\n`;
}

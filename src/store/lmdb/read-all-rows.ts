import { setImmediate } from 'node:timers/promises';
import type { Row } from '../durable/backend.js';
import { readRow } from './stored-row.js';
import { FIRST_KEY, numberAtEnd, numberKey } from './table-keys.js';
import type { Tables } from './tables.js';

const BATCH = 256;

/** Every row by sequence, in batches, as they are at the first one; others have their turn between two. */
export async function* readAllRows({ environment, rows }: Tables): AsyncGenerator<readonly Row[], void, void> {
  const transaction = environment.useReadTransaction();
  try {
    for (let start: Buffer = FIRST_KEY; ; ) {
      const batch: Row[] = [];
      for (const { key, value } of rows.getRange({ start, limit: BATCH, transaction })) {
        const { sequence, version, document } = readRow(numberAtEnd(key), value);
        batch.push({ sequence, version, document });
      }
      const last = batch.at(-1);
      if (!last) return;
      yield batch;
      if (batch.length < BATCH) return;
      start = numberKey(last.sequence + 1);
      await setImmediate();
    }
  } finally {
    transaction.done();
  }
}

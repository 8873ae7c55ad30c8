import type { StateUpkeep } from '../../cim/contracts/state.js';
import { checkTables } from './check-tables.js';
import { loadLmdb } from './load-lmdb.js';
import { finishSwap } from './migrate-state.js';
import { rebuildIndices } from './rebuild-indices.js';
import { writeReplacement } from './replace-all.js';
import type { OpenTables } from './state-tables.js';
import { readFormat } from './store-facts.js';

/** What commands do with a state in a folder. */
export function createUpkeep(directory: string, { tables, write, formerFormat, close }: OpenTables): StateUpkeep {
  return {
    count: async () => {
      tables.environment.resetReadTxn();
      return tables.rows.getStats().entryCount;
    },
    ...(formerFormat !== undefined && { formerFormat }),
    format: readFormat(tables) ?? 0,
    check: () => checkTables(tables),
    mend: () => rebuildIndices(tables, write),
    async replaceAll(batches, notes) {
      await writeReplacement(await loadLmdb(), directory, tables, { batches, notes });
      await close();
      await finishSwap(directory);
    },
  };
}

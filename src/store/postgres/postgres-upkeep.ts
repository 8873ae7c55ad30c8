import type { StateUpkeep } from '../../cim/contracts/state.js';
import type { Database } from './database.js';
import { MIGRATIONS } from './migrations.js';
import { quotedName } from './quoted-name.js';
import { replaceAll } from './replace-all.js';

/** What commands do with a state in a database: the indices are the database's own, and so is the care for them. */
export function createPostgresUpkeep(database: Database): StateUpkeep {
  const schema = quotedName(database.address.schema);
  return {
    async count() {
      const [[sum] = []] = await database.query(`SELECT coalesce(sum(instances), 0) FROM ${schema}.class_counts`);
      return Number(sum);
    },
    format: MIGRATIONS.length,
    replaceAll: (batches, notes) => replaceAll(database, schema, { batches, notes }),
  };
}

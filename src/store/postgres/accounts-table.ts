import type { SharedText } from '../../cim/contracts/shared-text.js';
import type { Database } from './database.js';
import type { SignInPulse } from './sign-in-pulse.js';

/**
 * The text of the accounts, which all endpoints on a database share.
 *
 * @param schema quoted
 */
export function accountsTable(database: Database, schema: string, pulse: SignInPulse): SharedText {
  return {
    place: database.address.place,

    async read() {
      const [[version, content] = []] = await database.query(`SELECT version, content FROM ${schema}.accounts`);
      return { version: Number(version ?? 0), text: content ?? undefined };
    },

    async replace(version, content) {
      const text = `UPDATE ${schema}.accounts SET version = version + 1, content = $2::text WHERE version = $1::bigint RETURNING 1`;
      return (await database.query({ text, values: [version, content] })).length > 0;
    },

    onChange: pulse.onAccounts,
  };
}

import { MOST_ROWS, mostOwedMs, owedOf } from '../../auth/lock-out/count-row.js';
import type { CountLimits, SharedCounts, Standing } from '../../cim/contracts/shared-counts.js';
import { CLOCK_MS } from './clock-sql.js';
import type { Database } from './database.js';
import type { SignInPulse } from './sign-in-pulse.js';

/** Each endpoint looks whether there are too many after it has counted so often. */
const SWEEP_AFTER = 500;
/** Of several that begin at one moment, one sees that it was not the first when it looks again. */
const MOST_TRIES = 5;

/** What the n-th wrong password costs (`delay-after.ts`). Parameters 3 to 6 are those of {@link lawOf}. */
const delaySql = (n: string) =>
  `(CASE WHEN ${n} <= $3::bigint THEN 0 ELSE least($5::float8, $4::float8 * power(2::float8, least(${n} - $3::bigint - 1, 40)))::bigint END)`;
const untilSql = (n: string) => `CASE WHEN ${delaySql(n)} = 0 THEN 0 ELSE ${CLOCK_MS} + ${delaySql(n)} END`;
const endsSql = (n: string) => `${CLOCK_MS} + greatest(${delaySql(n)}, $6::bigint)`;

function lawOf({ freeFailures, firstDelayMs, longestDelayMs, forgetAfterMs }: CountLimits): readonly number[] {
  return [freeFailures, firstDelayMs, longestDelayMs, forgetAfterMs];
}

/**
 * {@link SharedCounts} of all endpoints on a database: each call is one statement, and rows are locked for no longer than that.
 *
 * @param schema quoted
 */
export function sharedCountsTable(
  database: Database,
  schema: string,
  pulse: SignInPulse,
  mostRows = MOST_ROWS,
): SharedCounts {
  const table = `${schema}.shared_counts`;
  let unswept = 0;

  // A row that is locked by another attempt is waited for, and looked at as that one left it: of several one passes `until`.
  const begin = `WITH claimed AS (
      UPDATE ${table} c SET failures = c.failures + 1, until = ${untilSql('c.failures + 1')}, ends = ${endsSql('c.failures + 1')}
      WHERE c.key = $1::text AND c.until <= ${CLOCK_MS} AND c.ends > ${CLOCK_MS} RETURNING c.failures)
    SELECT (SELECT failures FROM claimed), p.failures, p.until - ${CLOCK_MS}, greatest(0, a.until - ${CLOCK_MS})
    FROM (SELECT 1) AS one LEFT JOIN ${table} p ON p.key = $1::text AND p.ends > ${CLOCK_MS} LEFT JOIN ${table} a ON a.key = $2::text`;

  // A number that is over counts from one again.
  const next = `(CASE WHEN c.ends > ${CLOCK_MS} THEN c.failures + 1 ELSE 1 END)`;
  const owed = `least(greatest(c.until, ${CLOCK_MS}) + $7::bigint, ${CLOCK_MS} + $8::bigint)`;
  const fail = `WITH pair AS (
      INSERT INTO ${table} AS c (key, failures, until, ends) SELECT $1::text, 1, ${untilSql('1')}, ${endsSql('1')} WHERE $1::text IS NOT NULL
      ON CONFLICT (key) DO UPDATE SET failures = ${next}, until = ${untilSql(next)}, ends = ${endsSql(next)} RETURNING 1),
    address AS (
      INSERT INTO ${table} AS c (key, failures, until, ends) SELECT $2::text, 1, ${CLOCK_MS} + $7::bigint, ${CLOCK_MS} + $7::bigint WHERE $2::text IS NOT NULL
      ON CONFLICT (key) DO UPDATE SET failures = ${next}, until = ${owed}, ends = ${owed} RETURNING 1)
    SELECT (SELECT count(*) FROM pair), (SELECT count(*) FROM address)`;

  const release = `UPDATE ${table} SET failures = failures - 1, until = 0 WHERE key = $1::text AND failures > 0`;
  const forget = `DELETE FROM ${table} WHERE key = $1::text`;

  async function sweep(): Promise<void> {
    await database.query(`DELETE FROM ${table} WHERE ends <= ${CLOCK_MS}`);
    const text = `DELETE FROM ${table} WHERE key IN (SELECT key FROM ${table} ORDER BY ends DESC OFFSET $1::bigint)`;
    await database.query({ text, values: [mostRows] });
  }

  return {
    isQuiet: pulse.isQuiet,

    async begin({ pair, address }, limits) {
      for (let tries = 1; ; tries += 1) {
        const values = [pair, address, ...lawOf(limits)];
        const [row = []] = await database.query({ name: 'begin sign-in', text: begin, values });
        const standing = standingOf(row, limits);
        const isUncertain = !standing.isClaimed && standing.failures > 0 && standing.delay <= 0;
        if (!isUncertain) return standing;
        if (tries === MOST_TRIES) return { ...standing, delay: limits.firstDelayMs };
      }
    },

    async fail({ pair, address }, limits) {
      const law = [...lawOf(limits), limits.addressRefillMs, mostOwedMs(limits)];
      const values = [pair ?? null, address ?? null, ...law];
      await database.query({ name: 'failed sign-in', text: fail, values });
      unswept += 1;
      if (unswept % SWEEP_AFTER === 0) await sweep();
    },

    async release(pair) {
      await database.query({ name: 'release sign-in', text: release, values: [pair] });
    },

    async forget(pair) {
      await database.query({ name: 'forget sign-in', text: forget, values: [pair] });
    },
  };
}

function standingOf([claimed, failures, delay, left]: readonly (string | null)[], limits: CountLimits): Standing {
  const owed = owedOf({ until: Number(left ?? 0) }, limits, 0);
  if (claimed !== null && claimed !== undefined) return { failures: Number(claimed), delay: 0, owed, isClaimed: true };
  return { failures: Number(failures ?? 0), delay: Math.max(0, Number(delay ?? 0)), owed, isClaimed: false };
}

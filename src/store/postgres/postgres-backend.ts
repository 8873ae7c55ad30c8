import type { Backend, CommitsAfter } from '../durable/backend.js';
import { allRows } from './all-rows.js';
import { createAppender } from './append-commits.js';
import { buildIndices, type IndexTerms } from './build-index.js';
import { listenForCommits } from './commit-news.js';
import type { Database } from './database.js';
import { exclusiveClaims } from './exclusive-claim.js';
import { hashOf } from './hash-of.js';
import { KnownLog } from './known-log.js';
import { commitsAfterText } from './logged-commits.js';
import { quotedName } from './quoted-name.js';
import { readAnswers } from './read-answers.js';
import { readStatement } from './read-statement.js';
import { pruneLog, sweepCleared } from './sweep.js';

/** Commits after which old ones are forgotten. */
const PRUNE_EVERY = 256;

/**
 * Instances in a database that speaks PostgreSQL's protocol, which others may have at the same time. The tables are there already
 * (`prepareSchema`). Closing it leaves the database open.
 */
export async function createPostgresBackend(database: Database): Promise<Backend> {
  const schema = quotedName(database.address.schema);
  const news = await listenForCommits(database);
  const claims = exclusiveClaims(database, schema);
  const log = new KnownLog();
  const appender = await createAppender(database, { schema, claims, log, notify: news.notify });
  const commitsText = commitsAfterText(schema);
  let tidying: Promise<void> = Promise.resolve();

  /** Later, and one after the other: nobody waits for it, and what fails is done by whoever comes next. */
  function tidy(work: (database: Database, schema: string) => Promise<void>): void {
    tidying = tidying.then(() => work(database, schema)).catch(() => undefined);
  }

  // Asked for after all that was acknowledged when anybody in this turn asked: it leaves at the end of the turn.
  let asked = new Map<string, Promise<CommitsAfter>>();

  // Those that are asked for together are made together: a look-up in every class wants one for each.
  let wanted: IndexTerms[] = [];
  let building: Promise<void> | undefined;

  tidy(sweepCleared);
  return {
    isExclusive: false,
    async read(reads) {
      const statement = readStatement(schema, reads);
      return readAnswers(reads, await database.query(statement));
    },
    commitsAfter(version, limit) {
      const key = `${version} ${limit}`;
      let answer = asked.get(key);
      if (!answer) {
        answer = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
          asked = new Map();
          const rows = await database.query({ name: 'commits', text: commitsText, values: [version, limit] });
          return log.read(version, rows);
        });
        asked.set(key, answer);
      }
      return answer;
    },
    async versionOf(path) {
      const [[version] = []] = await database.query({
        name: 'version',
        text: `SELECT i.version FROM ${schema}.state s, ${schema}.instances i WHERE i.path = $1::bytea AND i.sequence > s.cleared`,
        values: [hashOf(path)],
      });
      return version === undefined ? undefined : Number(version);
    },
    async append(expected, commits) {
      const appended = await appender.append(expected, commits);
      if (appended.kind !== 'done') return appended;
      if (commits.some(({ isCleared }) => isCleared)) tidy(sweepCleared);
      log.appended(commits);
      const reached = expected + commits.length;
      if (Math.floor(expected / PRUNE_EVERY) !== Math.floor(reached / PRUNE_EVERY)) tidy(pruneLog);
      return appended;
    },
    index(namespace, className, property) {
      wanted.push({ namespace, className, property });
      building ??= new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
        const together = wanted;
        wanted = [];
        building = undefined;
        appender.letGo();
        await buildIndices(database, schema, together);
      });
      return building;
    },
    all: () => allRows(database, schema),
    async claim() {
      appender.letGo();
      return claims.claim();
    },
    onCommit: (listener) => news.onCommit(listener),
    async close() {
      appender.letGo();
      await Promise.all([news.close(), tidying]);
    },
  };
}

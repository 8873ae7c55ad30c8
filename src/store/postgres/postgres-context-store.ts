import { randomUUID } from 'node:crypto';
import type { ContextKind, ContextStore } from '../../cim/contracts/context-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import {
  addContext,
  clearContexts,
  countContexts,
  deleteContext,
  replaceContext,
  sweepContexts,
} from './context-statements.js';
import type { Database, Row } from './database.js';
import { quotedName } from './quoted-name.js';
import { fromStorable, toStorable } from './storable-text.js';

/** Those whose time is over go with the next that is added; of an endpoint that nobody asks, after this time. */
const SWEEP_MS = 30_000;

/**
 * A {@link ContextStore} in a database, which endpoints share: its clock is that of the database server. Every call is one way there
 * and back. Closing it leaves the database open.
 */
export function createPostgresContextStore(database: Database): ContextStore {
  const schema = quotedName(database.address.schema);
  let isClosed = false;
  const sweeper = setInterval(() => {
    database.query(sweepContexts(schema)).catch(() => undefined);
  }, SWEEP_MS);
  sweeper.unref();

  /** Also tells whether the first attempt may have been carried out, though nobody heard of it. */
  async function ask(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly row: Row | undefined; readonly isAgain: boolean }> {
    if (isClosed) throw new Error('the context store is closed');
    let attempts = 0;
    const [row] = await database.run((session) => {
      attempts += 1;
      return session.query({ text, ...(values && { values }) });
    });
    return { row, isAgain: attempts > 1 };
  }

  return {
    async add(id, record, terms) {
      const { row, isAgain } = await ask(addContext(schema, id, record, terms));
      const answer = row?.[0];
      if (answer === 'taken' || (answer === 'same' && !isAgain)) {
        throw new RangeError('a context has the identifier already');
      }
      if (answer === 'full') throw new StoreError('full', 'the context does not fit');
      return answer === 'added' || answer === 'same';
    },
    async get(id) {
      const { row } = await ask(
        `SELECT kind, owner, state, extract(epoch FROM ends - clock_timestamp()) * 1000 FROM ${schema}.contexts
          WHERE id = $1 AND ends > clock_timestamp()`,
        [toStorable(id)],
      );
      if (!row) return undefined;
      const [kind, owner = '', state = '', remaining] = row;
      const time = Number(remaining);
      if (!(time > 0)) return undefined;
      return {
        kind: kind as ContextKind,
        owner: fromStorable(owner ?? ''),
        state: fromStorable(state ?? ''),
        remaining: time,
      };
    },
    async getPart(id, index) {
      const { row } = await ask(
        `SELECT p.content FROM ${schema}.contexts c JOIN ${schema}.context_parts p ON p.id = c.id
          WHERE c.id = $1 AND p.number = $2 AND c.ends > clock_timestamp()`,
        [toStorable(id), index],
      );
      return row && fromStorable(row[0] ?? '');
    },
    async replace(id, before, next, lifetime, room) {
      const { row, isAgain } = await ask(replaceContext(schema, { id, before, next, lifetime, room }));
      const answer = row?.[0];
      if (answer === 'full') throw new StoreError('full', 'the context does not fit');
      return answer === 'replaced' || (answer === 'same' && isAgain);
    },
    async delete(id, before) {
      const { row } = await ask(deleteContext(schema, id, before, `deleted ${randomUUID()}`));
      return Number(row?.[0]) > 0;
    },
    async count(kind, owner) {
      const { row } = await ask(countContexts(schema, kind, owner));
      return Number(row?.[0]);
    },
    async clear() {
      await ask(clearContexts(schema));
    },
    async close() {
      isClosed = true;
      clearInterval(sweeper);
    },
  };
}

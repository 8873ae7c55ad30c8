import type { Schema } from '../cim/schema/schema.js';
import type { QueryDialect } from './ast/select-statement.js';
import type { QueryScope } from './query-scope.js';

/** What a condition is compiled for. */
export interface BindContext<T> {
  readonly scope: QueryScope<T>;
  readonly schema: Schema;
  readonly dialect: QueryDialect;
  /** Where the query runs. */
  readonly namespace?: string | undefined;
  /** The computer that it runs on. */
  readonly server?: string | undefined;
}

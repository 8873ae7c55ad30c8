/**
 * What makes the tables, step by step: the first makes those of format 1, and each after it makes the next format of the one before. A step
 * that was released is never changed. `$` stands for the schema.
 *
 * Documents are text, never jsonb, which has no U+0000 and writes numbers in its own way. What is searched has columns of its own; paths,
 * keys and values stand there as SHA-256 hashes, since an index takes no long text. No table but `state` and `class_counts` knows
 * what was cleared: rows of sequences up to `state.cleared` are nobody's any more, and are deleted bit by bit.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE $.state (
    made_by text NOT NULL CHECK (made_by = 'cimulator'),
    format integer NOT NULL,
    -- Of the last commit.
    version bigint NOT NULL,
    -- The greatest that was given, and the one up to which everything was cleared.
    sequence bigint NOT NULL,
    cleared bigint NOT NULL,
    -- Of all commits that were ever logged.
    log_bytes bigint NOT NULL,
    -- Counts changes of property_indices and of what is in them: who commits has to know it.
    register bigint NOT NULL,
    -- Who alone may commit, while it holds the row of claims.
    claim text
  );
  CREATE UNIQUE INDEX state_is_one_row ON $.state ((made_by));
  INSERT INTO $.state VALUES ('cimulator', 1, 0, 0, 0, 0, 0, NULL);
  -- Whoever holds the lock of its only row has claimed the state; the lock ends with the connection.
  CREATE TABLE $.claims (id integer PRIMARY KEY);
  INSERT INTO $.claims VALUES (1);

  CREATE TABLE $.instances (
    sequence bigint PRIMARY KEY,
    version bigint NOT NULL,
    namespace text NOT NULL,
    class text NOT NULL,
    path bytea NOT NULL,
    keys bytea NOT NULL,
    document text NOT NULL
  );
  -- Not unique: one statement may remove an instance and put another at its path.
  CREATE INDEX instances_by_path ON $.instances (path, sequence);
  CREATE INDEX instances_by_keys ON $.instances (keys, namespace, sequence);
  CREATE INDEX instances_by_class ON $.instances (namespace, class, sequence);
  CREATE TABLE $.class_counts (
    namespace text NOT NULL,
    class text NOT NULL,
    instances bigint NOT NULL,
    PRIMARY KEY (namespace, class)
  );
  CREATE TABLE $.instance_references (
    target bytea NOT NULL,
    class text NOT NULL,
    role text NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (target, class, role, sequence)
  );
  CREATE INDEX references_by_holder ON $.instance_references (sequence);
  CREATE TABLE $.property_indices (
    id integer PRIMARY KEY,
    namespace text NOT NULL,
    class text NOT NULL,
    property text NOT NULL,
    -- Instances up to this sequence are in it; all later ones that are written are, too.
    built bigint NOT NULL,
    ready boolean NOT NULL,
    UNIQUE (namespace, class, property)
  );
  -- An empty key: a value that has none.
  CREATE TABLE $.property_values (
    index_id integer NOT NULL,
    key bytea NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (index_id, key, sequence)
  );
  CREATE INDEX values_by_holder ON $.property_values (sequence);
  CREATE TABLE $.commits (
    version bigint PRIMARY KEY,
    id text NOT NULL,
    origin text,
    sequence bigint NOT NULL,
    cleared bigint NOT NULL,
    -- Of the log up to its end.
    log_bytes bigint NOT NULL,
    -- NULL: forgotten, since everything was cleared with it or after it.
    changes text
  );

  CREATE TABLE $.notes (name text PRIMARY KEY, content text NOT NULL);
  CREATE TABLE $.contexts (
    id text PRIMARY KEY,
    kind text NOT NULL,
    owner text NOT NULL,
    state text NOT NULL,
    bytes bigint NOT NULL,
    ends timestamptz NOT NULL
  );
  CREATE INDEX contexts_by_end ON $.contexts (ends);
  CREATE TABLE $.context_parts (
    id text NOT NULL REFERENCES $.contexts ON DELETE CASCADE,
    number integer NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (id, number)
  );
  -- What contexts there are, those of one owner and (owner NULL would be no key) all of a kind under is_total.
  CREATE TABLE $.context_sums (
    kind text NOT NULL,
    is_total boolean NOT NULL,
    owner text NOT NULL,
    records bigint NOT NULL,
    bytes bigint NOT NULL,
    PRIMARY KEY (kind, is_total, owner)
  );
  -- Whoever adds, changes or removes contexts holds its only row.
  CREATE TABLE $.context_lock (id integer PRIMARY KEY);
  INSERT INTO $.context_lock VALUES (1);
  -- Wrong passwords, by digest; times are milliseconds since 1970 on this server's clock.
  CREATE TABLE $.shared_counts (
    key text PRIMARY KEY,
    failures bigint NOT NULL,
    -- Of an account at an address: nothing is checked until then. Of an address: all are made up for then.
    until bigint NOT NULL,
    ends bigint NOT NULL
  );
  CREATE INDEX shared_counts_by_end ON $.shared_counts (ends);
  -- One row, with all accounts as a file of accounts has them: hashes as good as passwords are among it.
  CREATE TABLE $.accounts (id integer PRIMARY KEY, version bigint NOT NULL, content text);
  INSERT INTO $.accounts VALUES (1, 0, NULL);
  `,
];

import type { Broker } from '../cim/broker.js';
import type { Cancellation } from '../cim/contracts/cancellation.js';
import type { Namespace } from '../cim/contracts/namespaces.js';
import { LongWork } from '../cim/long-work.js';
import { CimError } from '../cim/model/cim-error.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import type { AssociationStatement } from '../query/ast/association-statement.js';
import { bindAssociationQuery } from '../query/bind-association-query.js';
import { bindQuery } from '../query/bind-query.js';
import type { BoundQuery } from '../query/bound-query.js';
import { parseWql } from '../query/parse-wql.js';

/** Instances that are read at once. */
const PAGE = 256;

/**
 * The instances that a WQL query finds; of a list of properties, these alone.
 *
 * @throws CimError InvalidQuery, also for what finds classes; InvalidClass, NotFound
 */
export async function findByWql(
  text: string,
  space: Namespace,
  broker: Broker,
  cancellation: Cancellation,
): Promise<readonly CimInstance[]> {
  const statement = parseWql(text);
  const work = new LongWork(cancellation);
  if (statement.kind === 'SelectClasses') throw isForClasses();
  if (statement.kind !== 'Select') return findAssociated(statement, space, broker, work);
  const query = bindQuery(statement, space.schema, { namespace: space.name });
  const found = await broker.findInstances(space.name, query.within, query.equalities);
  const wanted = await work.filter(found ?? (await readAll(query, space, broker, work)), (one) => query.judge(one));
  return wanted.map((one) => project(one, query.projection));
}

async function readAll({ within }: BoundQuery, { name }: Namespace, broker: Broker, work: LongWork) {
  const all: CimInstance[] = [];
  let cursor = await broker.openInstances(name, within, { subclasses: true });
  for (;;) {
    if (work.isDueNow()) await work.pause();
    const { instances, next } = await broker.pullInstances(cursor, PAGE);
    for (const one of instances) all.push(one);
    if (next === undefined) return all;
    cursor = next;
  }
}

async function findAssociated(
  statement: AssociationStatement,
  { name, schema }: Namespace,
  broker: Broker,
  work: LongWork,
) {
  const { kind, path: given, filter, ...query } = bindAssociationQuery(statement, schema);
  if (query.schemaOnly || query.classDefsOnly) throw isForClasses();
  const path = given.namespace === undefined ? given.inNamespace(name) : given;
  const found = await (kind === 'Associators' ? broker.associators(path, filter) : broker.references(path, filter));
  const wanted = await work.filter(found, ({ className }) => query.acceptsResult(className));
  return query.keysOnly ? wanted.map((one) => project(one, [...(one.path?.keys.keys() ?? [])])) : wanted;
}

function project(instance: CimInstance, names: readonly string[] | undefined): CimInstance {
  if (names === undefined) return instance;
  const properties = names
    .filter((name) => instance.properties.has(name))
    .map((name) => [name, instance.get(name)] as const);
  return new CimInstance(instance.className, properties, instance.path);
}

function isForClasses(): CimError {
  return new CimError('InvalidQuery', 'The query is for classes, and instances are asked for.');
}

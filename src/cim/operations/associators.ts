import type { Call } from '../contracts/call.js';
import type { AssociationFilter } from '../contracts/cim-operation.js';
import { StoreError } from '../contracts/store-error.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import { LongWork } from '../long-work.js';
import type { CimInstance } from '../model/cim-instance.js';
import { isCimArray } from '../model/cim-value.js';
import { InstancePath } from '../model/instance-path.js';
import { sameName } from '../model/name-map.js';
import { acceptAssociation } from './accept-association.js';
import { deriveAll } from './derive-values.js';
import { explainRoles } from './explain-roles.js';
import { findStored, spaceOf } from './get-instance.js';
import { started } from './started.js';

/** ReferencesTo: the association instances that hold the path. @throws CimError NotFound, InvalidClass */
export async function references(
  context: HandlerContext,
  path: InstancePath,
  filter: AssociationFilter,
  call: Call,
): Promise<readonly CimInstance[]> {
  const { associations } = await sourceOf(context, path, filter, new LongWork(call.cancellation));
  if (associations.length === 0) explainRoles(spaceOf(context, path), filter, call);
  return deriveAll(context, spaceOf(context, path), associations, call);
}

/**
 * AssociatorsOf: the instances at the far ends, each once.
 *
 * @throws CimError NotFound, InvalidClass; StoreError conflict when the model has gone back meanwhile: what ties objects would be of one
 *   state then, and the objects of another
 */
export async function associators(
  context: HandlerContext,
  path: InstancePath,
  filter: AssociationFilter,
  call: Call,
): Promise<readonly CimInstance[]> {
  const work = new LongWork(call.cancellation);
  const began = context.epoch?.current;
  const { source, associations } = await sourceOf(context, path, filter, work);
  const space = spaceOf(context, path);
  const targets = new Map<string, InstancePath>();
  for (const association of associations) {
    if (work.isDue()) await work.pause();
    for (const target of farEnds(association, source, filter)) {
      if (!targets.has(target.canonical)) targets.set(target.canonical, target);
    }
  }
  const fits = fitsResultClass(context, space, filter.resultClass, targets.values());
  if (targets.size === 0) {
    explainRoles(space, filter, call);
    return [];
  }
  const found = await getTargets(context, [...targets.values()], work, fits);
  const derived = await deriveAll(context, space, found, call);
  if (context.epoch?.current === began) return derived;
  throw new StoreError('conflict', 'the model has gone back to an earlier state');
}

/** Targets asked for at once: of most associations all. */
const PAGE = 256;

async function getTargets(
  { store }: HandlerContext,
  targets: readonly InstancePath[],
  work: LongWork,
  isWanted: (instance: CimInstance) => boolean,
): Promise<readonly CimInstance[]> {
  const wanted: CimInstance[] = [];
  for (let from = 0; from < targets.length; from += PAGE) {
    if (from > 0 && work.isDueNow()) await work.pause();
    const found = await store.getMany(targets.length > PAGE ? targets.slice(from, from + PAGE) : targets);
    for (const instance of found) if (instance && isWanted(instance)) wanted.push(instance);
  }
  return wanted;
}

interface Source {
  /** Where the instance is stored. */
  readonly source: InstancePath;
  readonly associations: readonly CimInstance[];
}

/** Nearly always the path is the one under which the instance is stored: what refers to it is asked for at once. */
async function sourceOf(
  context: HandlerContext,
  path: InstancePath,
  filter: AssociationFilter,
  work: LongWork,
): Promise<Source> {
  const space = spaceOf(context, path);
  const found = started(findStored(context, path));
  const early = started(referencing(context, space, path, filter, work));
  const source = (await found).path ?? path;
  const associations = source.equals(path) ? early : referencing(context, space, source, filter, work);
  return { source, associations: await associations };
}

async function referencing(
  context: HandlerContext,
  space: ServedNamespace,
  path: InstancePath,
  filter: AssociationFilter,
  work: LongWork,
): Promise<readonly CimInstance[]> {
  const { associationClass, role } = filter;
  const classNames =
    associationClass === undefined
      ? undefined
      : Array.from(space.schema.withSubclasses(associationClass), (cimClass) => cimClass.name);
  const found = await context.store.referencing(path, { classNames, role });
  const accepts = acceptAssociation(space.schema, filter);
  return accepts ? work.filter(found, ({ className }) => accepts(className)) : found;
}

/** The references of an association other than the one that led to it; all of them in an association with itself. */
function farEnds(association: CimInstance, source: InstancePath, filter: AssociationFilter): readonly InstancePath[] {
  const ends: (readonly [string, InstancePath])[] = [];
  for (const [name, value] of association.properties) {
    for (const end of isCimArray(value) ? value : [value]) {
      if (end instanceof InstancePath) ends.push([name, inNamespaceOf(association, end)]);
    }
  }
  const near = ends.find(([name, path]) => path.equals(source) && (!filter.role || sameName(filter.role, name)));
  return ends
    .filter((end) => end !== near && (!filter.resultRole || sameName(filter.resultRole, end[0])))
    .map(([, path]) => path);
}

/** A reference without a namespace points into that of the instance which holds it (DSP0004 §8.2.5). */
function inNamespaceOf({ path: holder }: CimInstance, path: InstancePath): InstancePath {
  return path.namespace === undefined && holder?.namespace !== undefined ? path.inNamespace(holder.namespace) : path;
}

/**
 * What is associated may lie in other namespaces, as the systems of a profile in `root/interop` do: the class is one of theirs, or of the
 * namespace of what ties them.
 *
 * @throws CimError InvalidClass when none of them has the class
 */
function fitsResultClass(
  { namespaces }: HandlerContext,
  { name: here, schema }: ServedNamespace,
  resultClass: string | undefined,
  targets: Iterable<InstancePath>,
): (instance: CimInstance) => boolean {
  if (resultClass === undefined) return () => true;
  const schemaOf = ({ namespace }: InstancePath) =>
    namespace === undefined || namespace === here ? schema : namespaces.findNamespace(namespace)?.schema;
  const isKnown = [...targets].some((path) => schemaOf(path)?.findClass(resultClass) !== undefined);
  if (!isKnown) schema.getClass(resultClass);
  return ({ className, path }) => (path && schemaOf(path))?.isA(className, resultClass) === true;
}

import type { CimInstance } from '../cim-instance.js';
import { isCimArray } from '../cim-value.js';
import type { AssociationFilter } from '../contracts/cim-operation.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import { InstancePath } from '../instance-path.js';
import { sameName } from '../name-map.js';
import { acceptAssociation } from './accept-association.js';
import { getInstance, namespaceOf } from './get-instance.js';

/** ReferencesTo: the association instances that hold the path. @throws CimError NotFound, InvalidClass */
export async function references(
  context: HandlerContext,
  path: InstancePath,
  filter: AssociationFilter,
): Promise<readonly CimInstance[]> {
  const source = await getInstance(context, path);
  return referencing(context, namespaceOf(context, path), source.path ?? path, filter);
}

/** AssociatorsOf: the instances at the far ends, each once. @throws CimError NotFound, InvalidClass */
export async function associators(
  context: HandlerContext,
  path: InstancePath,
  filter: AssociationFilter,
): Promise<readonly CimInstance[]> {
  const source = await getInstance(context, path);
  const sourcePath = source.path ?? path;
  const namespace = namespaceOf(context, path);
  if (filter.resultClass !== undefined) namespace.schema.getClass(filter.resultClass);
  const found = new Map<string, CimInstance>();
  for (const association of await referencing(context, namespace, sourcePath, filter)) {
    for (const target of farEnds(association, sourcePath, filter)) {
      const instance = found.get(target.canonical) ?? (await context.store.get(target));
      if (instance && fitsResultClass(instance, filter, namespace)) found.set(target.canonical, instance);
    }
  }
  return [...found.values()];
}

async function referencing(
  context: HandlerContext,
  namespace: ServedNamespace,
  path: InstancePath,
  filter: AssociationFilter,
): Promise<readonly CimInstance[]> {
  const { associationClass, role } = filter;
  const classNames =
    associationClass === undefined
      ? undefined
      : Array.from(namespace.schema.withSubclasses(associationClass), (cimClass) => cimClass.name);
  const found = await context.store.referencing(path, { classNames, role });
  const accepts = acceptAssociation(namespace.schema, filter);
  return accepts ? found.filter(({ className }) => accepts(className)) : found;
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

function fitsResultClass(instance: CimInstance, filter: AssociationFilter, namespace: ServedNamespace): boolean {
  return filter.resultClass === undefined || namespace.schema.isA(instance.className, filter.resultClass);
}

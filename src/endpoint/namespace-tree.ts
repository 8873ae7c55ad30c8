import type { Namespace } from '../cim/contracts/namespaces.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import { NAMESPACE_CLASS, SECURITY_CLASS, withNamespaceClass } from '../cim/schema/namespace-class.js';
import { Schema } from '../cim/schema/schema.js';
import type { Model } from './load-model.js';
import { UNLISTED } from './windows-schema/windows-namespaces.js';
import { windowsSchema } from './windows-schema/with-windows.js';

/** Of a namespace that is there because others lie in it. */
const EMPTY = new Schema();

/**
 * All namespaces, an instance of `__NAMESPACE` for each that lies in another one, and one of `__SystemSecurity` in each in which there is
 * something of Windows.
 */
export interface NamespaceTree extends Pick<Model, 'namespaces' | 'instances'> {
  readonly names: readonly string[];
}

/**
 * Adds the namespaces that exist because others lie in them, as `root` of `root/cimv2`: WMI has no namespace without the one above it,
 * and clients walk down from `root`. Every namespace has the class `__NAMESPACE`, in a schema of its own unless it declares one.
 *
 * @returns the namespaces of the model first
 */
export function namespaceTree(namespaces: Model['namespaces']): NamespaceTree {
  const tree = known.get(namespaces) ?? growTree(namespaces);
  known.set(namespaces, tree);
  return tree;
}

/** Endpoints of one model have one tree: nobody changes it. */
const known = new WeakMap<Model['namespaces'], NamespaceTree>();

function growTree(namespaces: Model['namespaces']): NamespaceTree {
  const all = new NameMap<Namespace>(namespaces.map((space) => [space.name, space] as const));
  const hasWindows = namespaces.some(({ schema }) => schema.base !== undefined);
  const children = new NameMap<NameMap<string>>();
  for (const { name } of namespaces.filter(isListed)) {
    const segments = name.split('/');
    for (let depth = segments.length - 1; depth > 0; depth -= 1) {
      const parent = segments.slice(0, depth).join('/');
      if (!all.has(parent)) all.set(parent, { name: parent, schema: hasWindows ? windowsSchema(parent) : EMPTY });
      const [child = ''] = segments.slice(depth);
      const known = children.get(parent) ?? new NameMap();
      children.set(parent, known);
      if (!known.has(child)) known.set(child, child);
    }
  }
  for (const { name, schema } of [...all.values()])
    all.set(name, { name, schema: withNamespaceClass(schema, children.has(name)) });
  const instances = [...children].flatMap(([parent, names]) => {
    const space = all.get(parent);
    return space ? Array.from(names.values(), (name) => inNamespace(space, name)).flat() : [];
  });
  const found = [...all.values()];
  const names = found.map(({ name }) => name);
  return { namespaces: found, names, instances: [...instances, ...found.filter(hasSecurity).map(securityOf)] };
}

/** Whether Windows has something to say of a namespace's security. What the endpoint keeps for itself is nobody's. */
function hasSecurity(space: Namespace): boolean {
  const { base } = space.schema;
  return base !== undefined && isListed(space) && space.schema.getOwnDeclaration(SECURITY_CLASS) === undefined;
}

function securityOf({ name: namespace }: Namespace): CimInstance {
  return new CimInstance(SECURITY_CLASS, [], new InstancePath({ namespace, className: SECURITY_CLASS }));
}

function isListed({ name }: Namespace): boolean {
  return name !== UNLISTED;
}

/** None for a class of somebody's own with other keys: its instances are for them to make. */
function inNamespace({ name: namespace, schema }: Namespace, child: string): readonly CimInstance[] {
  // That of Windows is as it is: the schema is not read for it.
  const isOwn = schema.base === undefined || schema.getOwnDeclaration(NAMESPACE_CLASS);
  return isOwn ? ofOwnClass(namespace, schema, child) : [instanceOf(namespace, NAMESPACE_CLASS, 'Name', child)];
}

function ofOwnClass(namespace: string, schema: Schema, child: string): readonly CimInstance[] {
  const { name: className, isAbstract, keys } = schema.getClass(NAMESPACE_CLASS);
  const [key, ...others] = keys;
  if (isAbstract || others.length > 0 || key?.type.name !== 'string' || !sameName(key.name, 'Name')) return [];
  return [instanceOf(namespace, className, key.name, child)];
}

function instanceOf(namespace: string, className: string, key: string, child: string): CimInstance {
  const path = new InstancePath({ namespace, className, keys: [[key, child]] });
  return new CimInstance(className, [[key, child]], path);
}

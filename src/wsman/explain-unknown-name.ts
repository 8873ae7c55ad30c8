import { mayReadClass, type Permissions } from '../cim/contracts/access.js';
import type { Call } from '../cim/contracts/call.js';
import type { Namespace, Namespaces } from '../cim/contracts/namespaces.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { NameMap } from '../cim/model/name-map.js';
import { type UnknownName, unknownNameOf } from '../cim/model/unknown-name.js';
import { nearestNames } from '../strings/nearest-name.js';

/** Names that are told for one that there is not. */
const MOST_NAMES = 3;
/** So many are told in full where none is near. */
const FEW_NAMES = 8;

/** Who asked, about what. */
interface Asked {
  readonly call: Call;
  /** Undefined: the caller may do everything. */
  readonly permissions: Permissions | undefined;
  readonly namespaces: Namespaces;
  /** What a method was called on. */
  readonly target: InstancePath | undefined;
}

/**
 * Explains an error about a name that there is not by the names that are near. The fault stays what Windows says: this is for the
 * log, the record of requests, and callers who may be told; and those only of what their roles let them read.
 */
export function explainUnknownName(error: unknown, asked: Asked): void {
  const unknown = unknownNameOf(error);
  if (unknown === undefined) return;
  const { near, about } = hintFor(unknown, asked);
  if (near.length > 0) asked.call.explain(near, about);
}

interface Hint {
  /** Empty: nothing is near. */
  readonly near: string;
  readonly about: readonly InstancePath[];
}

function hintFor(unknown: UnknownName, asked: Asked): Hint {
  switch (unknown.kind) {
    case 'namespace':
      return namespaceHint(unknown.name, asked);
    case 'class':
      return classHint(unknown, asked);
    case 'parameter': {
      const { target } = asked;
      return { near: hintText(unknown.name, unknown.method.parameters), about: [target ?? NOBODY] };
    }
    case 'word':
    case 'option':
      return { near: hintText(unknown.name, unknown.known), about: [] };
    default:
      return memberHint(unknown, asked);
  }
}

/** What only those may be told of who may read everything. */
const NOBODY = new InstancePath({ className: '', keys: new NameMap() });

function namespaceHint(name: string, { permissions, namespaces }: Asked): Hint {
  const all = [...namespaces].map((space) => space.name);
  const readable = all.filter((one) => permissions === undefined || permissions.allowsSome('read', one));
  const near = hintText(name, readable);
  return near === '' && permissions !== undefined
    ? { near: hintText(name, all), about: [NOBODY] }
    : { near, about: [] };
}

function classHint(
  { name, schema }: Extract<UnknownName, { kind: 'class' }>,
  { permissions, namespaces }: Asked,
): Hint {
  const space = [...namespaces].find((one) => one.schema === schema);
  const all = [...schema.classNames];
  if (permissions === undefined) return { near: hintText(name, all), about: [] };
  // The names that are near first: to look whether each class may be read takes longer.
  const near = nearestNames(name, all, MOST_NAMES * 4);
  const readable = near.filter((one) => isReadable(one, space, permissions)).slice(0, MOST_NAMES);
  if (readable.length > 0) return { near: meant(readable), about: readable.map((one) => classPath(space, one)) };
  return { near: near.length === 0 ? '' : meant(near.slice(0, MOST_NAMES)), about: [NOBODY] };
}

function isReadable(className: string, space: Namespace | undefined, permissions: Permissions): boolean {
  const cimClass = space?.schema.findClass(className);
  return space !== undefined && cimClass !== undefined && mayReadClass(permissions, space.name, cimClass);
}

function memberHint(
  { kind, name, cimClass }: Extract<UnknownName, { kind: 'property' | 'key' | 'method' }>,
  { namespaces }: Asked,
): Hint {
  const space = [...namespaces].find(({ schema }) => schema.findClass(cimClass.name) === cimClass);
  const known = kind === 'key' ? cimClass.keys.map((key) => key.name) : memberNames(cimClass[MEMBERS[kind]]);
  return { near: hintText(name, known), about: [space === undefined ? NOBODY : classPath(space, cimClass.name)] };
}

const MEMBERS = { property: 'properties', method: 'methods' } as const;

function memberNames(members: NameMap<{ readonly name: string }>): readonly string[] {
  return [...members.values()].map(({ name }) => name);
}

function classPath(space: Namespace | undefined, className: string): InstancePath {
  return space === undefined ? NOBODY : new InstancePath({ namespace: space.name, className, keys: new NameMap() });
}

function hintText(name: string, given: readonly string[] | NameMap<{ readonly name: string }>): string {
  const known = given instanceof NameMap ? memberNames(given) : given;
  const near = nearestNames(name, known, MOST_NAMES);
  if (near.length > 0) return meant(near);
  return known.length === 0 || known.length > FEW_NAMES
    ? ''
    : `there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}`;
}

function meant(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return `did you mean ${names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${last}` : last}?`;
}

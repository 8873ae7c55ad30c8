import { InstancePath } from '../../cim/model/instance-path.js';
import { hasUnnamedKey, nameUnnamedKey } from '../../cim/model/unnamed-key.js';
import type { ClientSession } from '../transport/client-session.js';

/**
 * The path with its only key named, when it was written `Class="value"`: selectors have names, and the class says which. All
 * others are returned as they are, and cost nothing.
 *
 * @throws TypeError when the class has not just one key, or the server does not declare it; WsmanTransportError
 */
export async function withNamedKey(session: ClientSession, path: InstancePath): Promise<InstancePath> {
  if (!hasUnnamedKey(path)) return path;
  const { className, namespace = session.settings.namespace } = path;
  const declared = await session.classes.find(namespace, className);
  if (!declared) {
    throw new TypeError(
      `${path}: the server does not say which key class ${className} has; write ${className}.KEY=VALUE`,
    );
  }
  const named = nameUnnamedKey(path, declared.keys);
  if (typeof named === 'string') throw new TypeError(`${path}: ${named}`);
  return named;
}

/** Values by name, with the keys of the paths among them named as {@link withNamedKey} does. */
export async function withNamedKeys<V>(
  session: ClientSession,
  values: Readonly<Record<string, V>>,
): Promise<Readonly<Record<string, V>>> {
  if (!Object.values(values).some((value) => [value].flat().some(isUnnamed))) return values;
  const named: Record<string, V> = {};
  for (const [name, value] of Object.entries(values)) named[name] = (await nameIn(session, value)) as V;
  return named;
}

async function nameIn(session: ClientSession, value: unknown): Promise<unknown> {
  if (!Array.isArray(value)) return isUnnamed(value) ? withNamedKey(session, value) : value;
  const elements: unknown[] = [];
  for (const element of value) elements.push(await nameIn(session, element));
  return elements;
}

function isUnnamed(value: unknown): value is InstancePath {
  return value instanceof InstancePath && hasUnnamedKey(value);
}

import { normalizeNamespace } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import { SECURITY_CLASS } from '../cim/schema/namespace-class.js';
import type { ClassDescription } from '../client/class-description.js';
import type { WsmanClient } from '../client/wsman-client.js';

/**
 * Which methods of a class of Windows do their work at an endpoint of ours; all others end with a fault.
 *
 * @returns undefined where that is not known: of classes of others, and of other servers
 * @throws WsmanClientError, WsmanTransportError
 */
export async function findWorkingMethods(
  client: Pick<WsmanClient, 'identify'>,
  namespace: string,
  { name, derivation, methods }: ClassDescription,
): Promise<ReadonlySet<string> | undefined> {
  if (methods.size === 0) return undefined;
  // Loaded when it is needed: what classes do is most of an endpoint.
  const { windowsBehaviour } = await import('../endpoint/open-providers.js');
  const behaviour = await windowsBehaviour(normalizeNamespace(namespace));
  // What every namespace has says nothing of the classes of others in it.
  const isKnown = sameName(name, SECURITY_CLASS) || behaviour.some(({ className }) => className !== SECURITY_CLASS);
  if (!isKnown || (await client.identify()).productVendor !== 'Cimulator') return undefined;
  const classes = new NameMap([name, ...derivation].map((one) => [one, true] as const));
  const provided = new NameMap<true>();
  for (const { className, methods: ours = {} } of behaviour) {
    if (classes.has(className)) for (const method of Object.keys(ours)) provided.set(method, true);
  }
  return new Set([...methods.keys()].filter((method) => provided.has(method)));
}

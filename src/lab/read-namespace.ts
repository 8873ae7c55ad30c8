import type { CimInstance } from '../cim/model/cim-instance.js';
import { NameMap } from '../cim/model/name-map.js';
import type { ClassDescription } from '../client/class-description.js';
import type { WsmanClient } from '../client/wsman-client.js';
import { WsmanClientError } from '../client/wsman-client-error.js';

/** What a server has in a namespace. */
export interface NamespaceContent {
  /** With their paths, class by class. */
  readonly instances: readonly CimInstance[];
  readonly classes: NameMap<ClassDescription>;
  /** Classes whose instances, or whose declaration, the server does not give, with what it said. */
  readonly refused: readonly { readonly className: string; readonly reason: string }[];
}

/** The part of a client that it is read with. */
export type ReadingClient = Pick<WsmanClient, 'enumerate' | 'enumerateClasses' | 'knownClass'>;

/**
 * Reads classes and instances of the client's namespace.
 *
 * @param classNames only these, with their subclasses; all when undefined
 * @throws WsmanClientError when it does not tell its classes; WsmanTransportError
 */
export async function readNamespace(
  client: ReadingClient,
  classNames: readonly string[] | undefined,
): Promise<NamespaceContent> {
  const classes = new NameMap<ClassDescription>();
  for await (const one of client.enumerateClasses({ deep: true })) classes.set(one.name, one);
  // Instances of subclasses come with those of their roots.
  const roots = classNames ?? [...classes.values()].filter(isRoot).map(({ name }) => name);
  const instances = new Map<string, CimInstance>();
  const refused: { className: string; reason: string }[] = [];
  for (const className of roots) {
    try {
      for await (const one of client.enumerate(className)) instances.set(one.path.canonical, one);
    } catch (error) {
      if (!(error instanceof WsmanClientError) || classNames !== undefined) throw error;
      refused.push({ className, reason: error.message });
    }
  }
  const read = await withoutUntyped(client, [...instances.values()]);
  return { instances: read.instances, classes, refused: [...refused, ...read.refused] };
}

/**
 * Without the instances of classes that the server lists, but does not describe one by one (a quota, a fault that passes): their values
 * have been read as text, and a lab of them would not compile.
 */
export async function withoutUntyped(
  client: Pick<ReadingClient, 'knownClass'>,
  instances: readonly CimInstance[],
): Promise<Pick<NamespaceContent, 'instances' | 'refused'>> {
  const untyped = new Set<string>();
  for (const className of new Set(instances.map((one) => one.className)))
    if ((await client.knownClass(className)) === undefined) untyped.add(className);
  return {
    instances: instances.filter((one) => !untyped.has(one.className)),
    refused: Array.from(untyped, (className) => ({ className, reason: 'the server does not tell its declaration' })),
  };
}

/** Indications and what WMI keeps for itself have no instances to be had. */
function isRoot({ name, superclass, isIndication }: ClassDescription): boolean {
  return superclass === undefined && !isIndication && !name.startsWith('__');
}

import type { CimInstance } from '../cim/model/cim-instance.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import type { WsmanClient } from '../client/wsman-client.js';
import { nearestName } from '../strings/nearest-name.js';
import { UsageError } from './exit-with-error.js';

/**
 * Sees to it that a property that no instance has is one that a class of theirs declares: servers leave out what is NULL, and people
 * misspell.
 *
 * @throws UsageError that names the nearest property
 */
export async function checkProperty(
  name: string,
  instances: readonly CimInstance[],
  client: WsmanClient,
): Promise<void> {
  const known: string[] = [];
  for (const { className, path, properties } of instances) {
    known.push(...properties.keys());
    const namespace = path?.namespace;
    const declared = await client
      .getClass(className, namespace === undefined ? {} : { namespace })
      .catch(() => undefined);
    // Where there is no declaration to be had, nobody can say.
    if (declared === undefined || declared.properties.has(name)) return;
    known.push(...declared.properties.keys());
  }
  const classes = instances
    .map(({ className }) => className)
    .slice(0, 3)
    .join(', ');
  throw unknownProperty(name, classes, known);
}

/** Where instances come from that may turn out to be none. */
export interface InstanceSource {
  /** `*` where a query names it. */
  readonly className: string;
  readonly wql?: string | undefined;
}

/** Looks at instances as they come, and at the end for what none of them had. */
export interface PropertyCheck {
  see(instance: CimInstance): void;
  /** @throws UsageError for a property that is none, or that the query does not select */
  end(): Promise<void>;
}

export function createPropertyCheck(
  names: readonly string[],
  client: WsmanClient,
  source?: InstanceSource | undefined,
): PropertyCheck {
  const found = new NameMap<CimInstance>();
  const unseen = new NameMap(names.map((name) => [name, true]));
  return {
    see(instance) {
      found.set(instance.className, instance);
      for (const name of names) if (instance.properties.has(name)) unseen.delete(name);
    },
    async end() {
      for (const [name] of unseen) {
        if (source?.wql !== undefined) checkSelected(name, source.wql);
        if (found.size > 0) await checkProperty(name, [...found.values()], client);
        else if (source) await checkDeclared(name, source, client);
      }
    },
  };
}

/** `SELECT a, b FROM c`; the list and the class. */
const SELECT = /^\s*select\s+(.+?)\s+from\s+([\p{L}_][\p{L}\p{N}_]*)/isu;

function checkSelected(name: string, wql: string): void {
  const selected = SELECT.exec(wql)?.[1]
    ?.split(',')
    .map((each) => each.trim());
  if (selected === undefined || selected.includes('*') || selected.some((each) => sameName(each, name))) return;
  throw new UsageError(`--properties: ${name} is not selected by the query, which has ${selected.join(', ')}`);
}

/** Without an instance: of the class, or of a subclass. */
async function checkDeclared(name: string, { className, wql }: InstanceSource, client: WsmanClient): Promise<void> {
  const asked = className === '*' ? SELECT.exec(wql ?? '')?.[2] : className;
  if (asked === undefined) return;
  const known: string[] = [];
  try {
    const declared = await client.getClass(asked);
    if (declared.properties.has(name)) return;
    known.push(...declared.properties.keys());
    for await (const { properties } of client.enumerateClasses({ className: asked })) if (properties.has(name)) return;
  } catch {
    // Where there is no declaration to be had, nobody can say.
    return;
  }
  throw unknownProperty(name, asked, known);
}

function unknownProperty(name: string, classes: string, known: readonly string[]): UsageError {
  const nearest = nearestName(name, known);
  const meant = nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
  return new UsageError(`--properties: ${name} is no property of ${classes}${meant}`);
}

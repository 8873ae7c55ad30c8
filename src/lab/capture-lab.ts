import { CimInstance } from '../cim/model/cim-instance.js';
import { isCimArray } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { printString } from '../mof/print/print-value.js';
import { findUnsayable } from './find-unsayable.js';
import { type HidingOptions, hideSecrets } from './hide-secrets.js';
import { printClasses } from './print-classes.js';
import { printLab } from './print-lab.js';
import { type NamespaceContent, type ReadingClient, readNamespace, withoutUntyped } from './read-namespace.js';

/** What of a server a lab is made of. */
export interface CaptureOptions extends HidingOptions {
  readonly namespace: string;
  /** Only these classes with their subclasses, and the associations between their instances; all when undefined. */
  readonly classNames?: readonly string[] | undefined;
}

/** A lab, and what it is made of. */
export interface CapturedLab extends NamespaceContent {
  /** MOF that compiles by itself: qualifiers, classes, instances. */
  readonly text: string;
  /** Values that MOF has no form for, as `path: property: why`: they are NULL in the lab. */
  readonly lost: readonly string[];
}

/**
 * Reads a namespace of a server, whoever's, and writes it as a lab. Secrets are replaced; an association is in it when both of its ends are.
 *
 * @throws WsmanClientError, WsmanTransportError
 */
export async function captureLab(client: ReadingClient, options: CaptureOptions): Promise<CapturedLab> {
  const { namespace, classNames } = options;
  const content = await readNamespace(client, classNames);
  const tied = await withoutUntyped(client, classNames === undefined ? [] : await readAssociations(client, content));
  const lost: string[] = [];
  const kept = withoutDangling([...content.instances, ...tied.instances], namespace).map((one) => sayable(one, lost));
  const superclassesOf = (name: string) => content.classes.get(name)?.derivation ?? [];
  const instances = hideSecrets(kept, superclassesOf, options);
  const used = new Set(instances.flatMap((one) => [one.className, ...embeddedIn(one)]));
  const classes = printClasses(used, content.classes);
  const head = `#pragma namespace(${printString(namespace)})\n\n`;
  const text = `${head}${classes}\n${printLab(instances, (name) => content.classes.get(name))}`;
  return { ...content, refused: [...content.refused, ...tied.refused], instances, text, lost };
}

async function readAssociations(client: ReadingClient, { instances, classes }: NamespaceContent) {
  const known = new Set(instances.flatMap(({ path }) => path?.canonical ?? []));
  const roots = [...classes.values()].filter(
    (one) => one.isAssociation && !(one.superclass !== undefined && classes.get(one.superclass)?.isAssociation),
  );
  const found: CimInstance[] = [];
  for (const { name } of roots) {
    for await (const one of client.enumerate(name)) if (!known.has(one.path.canonical)) found.push(one);
  }
  return found;
}

/** Those whose references lead to others of them; what refers to another namespace is taken at its word. */
function withoutDangling(instances: readonly CimInstance[], namespace: string): readonly CimInstance[] {
  let kept = instances;
  for (;;) {
    const known = new Set(kept.flatMap(({ path }) => path?.canonical ?? []));
    const leads = (path: InstancePath) => {
      const absolute = path.namespace === undefined ? path.inNamespace(namespace) : path;
      return absolute.namespace?.toLowerCase() !== namespace.toLowerCase() || known.has(absolute.canonical);
    };
    const next = kept.filter((one) => referencesOf(one).every(leads));
    if (next.length === kept.length) return next;
    kept = next;
  }
}

/** What makes an association: the references among its properties. */
function referencesOf({ properties }: CimInstance): readonly InstancePath[] {
  const values = Array.from(properties.values(), (value) => (isCimArray(value) ? value : [value])).flat();
  return values.filter((value) => value instanceof InstancePath);
}

function sayable(instance: CimInstance, lost: string[]): CimInstance {
  const changes: Record<string, null> = {};
  for (const [name, value] of instance.properties) {
    const problem = findUnsayable(value);
    if (problem === undefined) continue;
    lost.push(`${instance.path}: ${name}: ${problem}`);
    changes[name] = null;
  }
  return Object.keys(changes).length === 0 ? instance : instance.with(changes);
}

function embeddedIn({ properties }: CimInstance): readonly string[] {
  const values = Array.from(properties.values(), (value) => (isCimArray(value) ? value : [value])).flat();
  return values.flatMap((value) => (value instanceof CimInstance ? [value.className, ...embeddedIn(value)] : []));
}

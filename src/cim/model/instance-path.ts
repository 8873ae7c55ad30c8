import { detached } from '../../strings/detached.js';
import { rememberByText } from '../../strings/remember-by-text.js';
import type { CimDateTime } from './cim-date-time.js';
import { foldName, internedName, NameMap } from './name-map.js';

/** A key value: any non-array type but real and embedded ones (DSP0004 §7.7.5). */
export type CimKeyValue = boolean | number | bigint | string | CimDateTime | InstancePath;

/** The parts of an {@link InstancePath}. */
export interface InstancePathParts {
  readonly host?: string | undefined;
  readonly namespace?: string | undefined;
  readonly className: string;
  readonly keys?: Iterable<readonly [string, CimKeyValue]> | Readonly<Record<string, CimKeyValue>>;
  /** The path was written `Class=@`: the only object of a class without keys, not the class. */
  readonly isSingleton?: boolean;
}

/**
 * The path of an instance: namespace, creation class and key values.
 *
 * Two paths are equal when namespace, class and keys are: names compare without case, keys in any order. Key *values*
 * compare without case too, as WinRM compares selectors (MS-WSMV 3.1.4.1.2) and WMI compares string keys, and by their
 * text, so that the untyped value of a Selector finds a numeric key. The host is not compared.
 */
export class InstancePath {
  readonly host: string | undefined;
  /** Segments joined by `/`, without leading or trailing slash. */
  readonly namespace: string | undefined;
  readonly className: string;
  readonly keys: NameMap<CimKeyValue>;
  /** Without keys a path may mean a class as well as its only object. Equality does not look at it. */
  readonly isSingleton: boolean;
  #canonicalKeys: string | undefined;
  #canonical: string | undefined;

  constructor(parts: InstancePathParts) {
    this.host = parts.host;
    this.namespace = parts.namespace === undefined ? undefined : normalizeNamespace(parts.namespace);
    this.className = internedName(parts.className);
    this.isSingleton = parts.isSingleton === true;
    const keys = parts.keys ?? [];
    this.keys = keys instanceof NameMap ? keys : new NameMap(Symbol.iterator in keys ? keys : Object.entries(keys));
  }

  /** The key values alone in canonical form: equal for equal keys, whatever the class. */
  get canonicalKeys(): string {
    this.#canonicalKeys ??= canonicalKeys(this.keys);
    return this.#canonicalKeys;
  }

  /** The whole path in canonical form: equal for equal paths, made for maps, not for people. */
  get canonical(): string {
    this.#canonical ??= detached(
      sized(foldName(this.namespace ?? '')) + sized(foldName(this.className)) + this.canonicalKeys,
    );
    return this.#canonical;
  }

  equals(other: InstancePath): boolean {
    return this === other || this.canonical === other.canonical;
  }

  /** The same path in another namespace. */
  inNamespace(namespace: string): InstancePath {
    const { host, className, keys, isSingleton } = this;
    return new InstancePath({ host, namespace, className, keys, isSingleton });
  }

  /** The object path of DSP0004 §8.2 (`//host/namespace:Class.Key="value",…`), which `parseInstancePath` reads back. */
  toString(): string {
    const host = this.host === undefined ? '' : `//${this.host}/`;
    const namespace = this.namespace === undefined ? '' : `${this.namespace}:`;
    const keys = [...this.keys].map(([name, value]) => `${name}=${keyText(value)}`).join(',');
    // `Class="value"` has a key without a name.
    const local = keys === '' ? (this.isSingleton ? '=@' : '') : keys.startsWith('=') ? keys : `.${keys}`;
    return `${host}${namespace}${this.className}${local}`;
  }
}

/** `\root\cimv2\` → `root/cimv2`. Windows writes both separators, clients copy both; blanks around a name are none of it. */
export const normalizeNamespace = rememberByText((namespace) => {
  const segments = namespace
    .split(/[\\/]+/)
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '');
  return internedName(segments.join('/'));
});

export function sameNamespace(a: string, b: string): boolean {
  return a === b || foldName(normalizeNamespace(a)) === foldName(normalizeNamespace(b));
}

function canonicalKeys(keys: NameMap<CimKeyValue>): string {
  const sorted: (readonly [string, CimKeyValue])[] = [];
  for (const [name, value] of keys) sorted.push([foldName(name), value]);
  sortByName(sorted);
  let text = '';
  for (const [name, value] of sorted) text += sized(name) + canonicalValue(value);
  // Compared with those of stored instances, again and again: in one piece that is quick.
  return detached(text);
}

/** Sorts in place. Keys are few, and for few the built-in sort costs more than all the rest. */
function sortByName(entries: (readonly [string, CimKeyValue])[]): void {
  if (entries.length > 8) {
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return;
  }
  for (let next = 1; next < entries.length; next++) {
    const entry = entries[next] as readonly [string, CimKeyValue]; // in range
    let at = next;
    for (; at > 0; at--) {
      const before = entries[at - 1] as readonly [string, CimKeyValue]; // in range
      if (before[0] <= entry[0]) break;
      entries[at] = before;
    }
    entries[at] = entry;
  }
}

function canonicalValue(value: CimKeyValue): string {
  // The mark keeps a reference apart from a string that looks like its canonical form.
  if (value instanceof InstancePath) return `@${sized(value.canonical)}`;
  return sized(typeof value === 'string' ? value.toLowerCase() : value.toString());
}

/** The length in front keeps names and values apart, whatever characters they hold. */
function sized(text: string): string {
  return `${text.length}:${text}`;
}

function keyText(value: CimKeyValue): string {
  return typeof value === 'string' || typeof value === 'object' ? quote(value.toString()) : String(value);
}

/** A `%` that the reader would take for the beginning of a character in URL notation is written in it. */
function quote(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&');
  return `"${escaped.includes('%') ? escaped.replace(/%(?=09|0[AaDd]|20|25|7[fF])/g, '%25') : escaped}"`;
}

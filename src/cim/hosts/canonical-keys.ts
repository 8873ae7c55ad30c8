import { foldName } from '../model/name-map.js';

/** A part of a canonical form: its length, a colon, and so many characters (`InstancePath.canonical`). */
interface Part {
  readonly text: string;
  /** Where the next part begins. */
  readonly end: number;
}

/**
 * The canonical form of keys (`InstancePath.canonicalKeys`) for the same keys with the objects in them in other namespaces.
 *
 * @param renamed what a namespace, as it is compared, is called instead
 */
export function renameInKeys(canonicalKeys: string, renamed: (namespace: string) => string): string {
  // Nearly no key is an object.
  if (!canonicalKeys.includes('@')) return canonicalKeys;
  let text = '';
  for (let at = 0; at < canonicalKeys.length; ) {
    const name = partAt(canonicalKeys, at);
    const isReference = canonicalKeys[name.end] === '@';
    const value = partAt(canonicalKeys, isReference ? name.end + 1 : name.end);
    text += sized(name.text) + (isReference ? `@${sized(renameInPath(value.text, renamed))}` : sized(value.text));
    at = value.end;
  }
  return text;
}

function renameInPath(canonical: string, renamed: (namespace: string) => string): string {
  const namespace = partAt(canonical, 0);
  const className = partAt(canonical, namespace.end);
  const keys = renameInKeys(canonical.slice(className.end), renamed);
  return sized(namespace.text === '' ? '' : foldName(renamed(namespace.text))) + sized(className.text) + keys;
}

function partAt(text: string, at: number): Part {
  const colon = text.indexOf(':', at);
  const length = Number(text.slice(at, colon));
  if (colon < 0 || !Number.isInteger(length)) throw new RangeError('not the canonical form of keys');
  const end = colon + 1 + length;
  return { text: text.slice(colon + 1, end), end };
}

function sized(text: string): string {
  return `${text.length}:${text}`;
}

import { namespaces } from './namespaces.js';
import type { XmlNode } from './xml-node.js';

/**
 * Elements at a path below a node: names with the prefixes of `namespaces`, `*:Name` for any namespace, `:Name` for none, `*` for any
 * element; `[Value]` behind a name keeps to elements with that Name (or NAME); `//` goes down any number of levels. The first name is that of a child.
 */
export function findAll(node: XmlNode | undefined, path: string): XmlNode[] {
  if (node === undefined) return [];
  let found = [node];
  let deep = false;
  for (const step of path.split('/')) {
    if (step === '') {
      deep = true;
      continue;
    }
    const candidates = found.flatMap((from) => (deep ? descendants(from) : from.children));
    found = candidates.filter((candidate) => matches(candidate, step));
    deep = false;
  }
  return found;
}

/** Text at a path whose last step may be an attribute (`@Name`, `@xsi:nil`). Trimmed; undefined when there is no such thing. */
export function textAt(node: XmlNode | undefined, path: string): string | undefined {
  return textsAt(node, path)[0];
}

/** Texts at a path, as `textAt` reads them, in document order. */
export function textsAt(node: XmlNode | undefined, path: string): string[] {
  const at = path.lastIndexOf('@');
  if (at < 0) return findAll(node, path).map((element) => element.text.trim());
  const elements = at === 0 ? (node ? [node] : []) : findAll(node, path.slice(0, at - 1));
  return elements.flatMap((element) => {
    const value = attribute(element, path.slice(at + 1));
    return value === undefined ? [] : [value];
  });
}

/**
 * The value of an attribute.
 *
 * @param name with a prefix of `namespaces`, or none
 */
export function attribute(element: XmlNode, name: string): string | undefined {
  const { uri, local } = expand(name);
  return element.attributes.find((candidate) => candidate.uri === uri && candidate.local === local)?.value;
}

/** The expanded name `{uri}local` that a QName in an element's text stands for. */
export function qnameIn(element: XmlNode | undefined): string | undefined {
  if (element === undefined) return undefined;
  const text = element.text.trim();
  const colon = text.indexOf(':');
  return `{${element.scope[colon < 0 ? '' : text.slice(0, colon)] ?? ''}}${text.slice(colon + 1)}`;
}

/**
 * The expanded name `{uri}local` of a name with a prefix of `namespaces`.
 *
 * @param name `w:InvalidSelectors`
 */
export function expandedName(name: string): string {
  const { uri, local } = expand(name);
  return `{${uri}}${local}`;
}

function matches(node: XmlNode, step: string): boolean {
  const named = /^(.*)\[(.+)\]$/.exec(step);
  if (named !== null) {
    const [, name = '', value] = named;
    return matches(node, name) && (attribute(node, 'Name') ?? attribute(node, 'NAME')) === value;
  }
  if (step === '*') return true;
  if (step.startsWith('*:')) return node.local === step.slice(2);
  const { uri, local } = expand(step);
  return node.uri === uri && node.local === local;
}

function expand(name: string): Pick<XmlNode, 'uri' | 'local'> {
  const colon = name.indexOf(':');
  if (colon <= 0) return { uri: '', local: name.slice(colon + 1) };
  const prefix = name.slice(0, colon);
  const uri = namespaces[prefix];
  if (uri === undefined) throw new Error(`the path uses the unknown prefix ${prefix}`);
  return { uri, local: name.slice(colon + 1) };
}

function descendants(node: XmlNode): XmlNode[] {
  return node.children.flatMap((child) => [child, ...descendants(child)]);
}

import type { NamespaceScope } from './namespace-scope.js';

export interface ResponseAttribute {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly value: string;
}

/** An element of an answer, with its names resolved. */
export interface ResponseElement {
  readonly namespace: string | undefined;
  /** The local name. */
  readonly name: string;
  readonly attributes: readonly ResponseAttribute[];
  readonly children: readonly ResponseElement[];
  /** The element's own text, white space kept; that of its children is theirs. */
  readonly text: string;
  /** For the qualified names that some elements hold as text. */
  readonly scope: NamespaceScope;
}

/** The first child of that local name; of that namespace too, when one is given. */
export function findChild(
  element: ResponseElement | undefined,
  name: string,
  namespace?: string,
): ResponseElement | undefined {
  for (const child of element?.children ?? [])
    if (child.name === name && (namespace === undefined || child.namespace === namespace)) return child;
  return undefined;
}

/** The trimmed text of a child; undefined when there is none or it is empty. */
export function childText(element: ResponseElement | undefined, name: string): string | undefined {
  return findChild(element, name)?.text.trim() || undefined;
}

/** The value of an attribute by local name. Servers disagree on the namespaces of theirs, never on the local names. */
export function attributeValue(element: ResponseElement, name: string): string | undefined {
  for (const attribute of element.attributes) if (attribute.name === name) return attribute.value;
  return undefined;
}

/** The element and all below it, in document order. */
export function* descendants(element: ResponseElement): IterableIterator<ResponseElement> {
  yield element;
  for (const child of element.children) yield* descendants(child);
}

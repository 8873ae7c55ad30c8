import {
  attributesOf,
  contentOf,
  type ParsedNode,
  parseXml,
  type RawAttributes,
  rawAttributesOf,
  tagOf,
  textOf,
} from '../client/message/parse-xml.js';

/** An element of a message, by its local name: recordings are of any server, and prefixes are habit. */
export interface Element {
  readonly name: string;
  readonly node: ParsedNode;
  readonly children: readonly Element[];
  /** The declarations of namespaces in force at it, as they stand in the text. */
  readonly scope: RawAttributes;
}

/** @throws SyntaxError when the text is not well-formed */
export function readElement(xml: string): Element {
  const root = parseXml(xml).find((node) => tagOf(node) !== undefined);
  if (root === undefined) throw new SyntaxError('it has no element');
  return elementOf(root, []);
}

function elementOf(node: ParsedNode, outer: RawAttributes): Element {
  const tag = tagOf(node) ?? '';
  const declared = rawAttributesOf(node).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  const names = new Set(declared.map(([name]) => name));
  const scope = declared.length === 0 ? outer : [...outer.filter(([name]) => !names.has(name)), ...declared];
  const children = contentOf(node, tag)
    .filter((child) => tagOf(child) !== undefined)
    .map((child) => elementOf(child, scope));
  return { name: localName(tag), node, children, scope };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The first child of a name. */
export function childNamed(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The character data directly inside, references resolved. */
export function textIn({ node }: Element): string {
  return contentOf(node, tagOf(node) ?? '')
    .map(textOf)
    .join('');
}

/** The text of a child, without blanks around it; undefined when there is no such child. */
export function childTextOf(element: Element | undefined, name: string): string | undefined {
  const child = childNamed(element, name);
  return child && textIn(child).trim();
}

/** The value of an attribute, by its local name. */
export function attributeNamed({ node }: Element, name: string): string | undefined {
  return attributesOf(node).find(([attribute]) => localName(attribute) === name)?.[1];
}

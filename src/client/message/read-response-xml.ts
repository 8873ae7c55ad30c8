import { XMLParser } from 'fast-xml-parser';
import { decodeCharacterReferences } from './decode-character-references.js';
import { type NamespaceScope, nestedScope, rootScope, splitName } from './namespace-scope.js';
import type { ResponseAttribute, ResponseElement } from './response-element.js';

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';
const MAX_DEPTH = 100;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  trimValues: false,
  // Entities are decoded here, so that a CDATA section is told from text and no DTD is ever heeded.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
  strictReservedNames: false,
});

/**
 * Reads an XML text into an element tree.
 *
 * @throws SyntaxError when the text is not well-formed, is nested deeper than 100 elements or brings a DTD
 */
export function readResponseXml(text: string): ResponseElement {
  const normalized = text.replaceAll(/\r\n?/g, '\n');
  if (!isXmlText(normalized)) throw new SyntaxError('it holds characters that XML forbids');
  if (startsWithDoctype(normalized)) throw new SyntaxError('it brings a DTD, which SOAP forbids');
  const nodes = parse(normalized).filter((node) => tagOf(node) !== undefined);
  const [root] = nodes;
  if (root === undefined || nodes.length > 1) throw new SyntaxError('it must have exactly one root element');
  return toElement(root, rootScope);
}

/** An ordered node of the parser: one key that names it, and `:@` for attributes. */
type ParsedNode = Readonly<Record<string, unknown>>;

function parse(text: string): readonly ParsedNode[] {
  try {
    return nodeList(parser.parse(text, true));
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : 'it cannot be parsed', { cause: error });
  }
}

function toElement(node: ParsedNode, outer: NamespaceScope): ResponseElement {
  const tag = tagOf(node) ?? '';
  const raw = Object.entries(isNode(node[ATTRIBUTES]) ? node[ATTRIBUTES] : {}).map(
    ([name, value]) => [name, decodeCharacterReferences(String(value).replaceAll(/[\n\t]/g, ' '))] as const,
  );
  const scope = nestedScope(outer, declarations(raw));
  const content = nodeList(node[tag]);
  const [prefix, name] = splitName(tag);
  return {
    namespace: scope.resolve(prefix),
    name,
    attributes: raw.filter(([key]) => !isDeclaration(key)).map(([key, value]) => toAttribute(key, value, scope)),
    children: content.filter((child) => tagOf(child) !== undefined).map((child) => toElement(child, scope)),
    text: content.map(textOf).join(''),
    scope,
  };
}

function toAttribute(key: string, value: string, scope: NamespaceScope): ResponseAttribute {
  const [prefix, name] = splitName(key);
  // The default namespace is not for attributes.
  return { namespace: prefix === '' ? undefined : scope.resolve(prefix), name, value };
}

function declarations(attributes: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const declared = new Map<string, string>();
  for (const [key, value] of attributes) {
    if (isDeclaration(key)) declared.set(key === 'xmlns' ? '' : key.slice('xmlns:'.length), value);
  }
  return declared;
}

function isDeclaration(key: string): boolean {
  return key === 'xmlns' || key.startsWith('xmlns:');
}

function tagOf(node: ParsedNode): string | undefined {
  return Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT && key !== CDATA);
}

function textOf(node: ParsedNode): string {
  if (typeof node[TEXT] === 'string') return decodeCharacterReferences(node[TEXT]);
  return nodeList(node[CDATA])
    .map((part) => (typeof part[TEXT] === 'string' ? part[TEXT] : ''))
    .join('');
}

function nodeList(value: unknown): readonly ParsedNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is ParsedNode {
  return typeof value === 'object' && value !== null;
}

function isXmlText(text: string): boolean {
  return !/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text);
}

/** A DTD can only stand before the root element, behind comments and processing instructions. */
function startsWithDoctype(text: string): boolean {
  const prolog = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/.exec(text)?.[0].length ?? 0;
  return text.startsWith('<!', prolog);
}

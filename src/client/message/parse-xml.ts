import { XMLParser } from 'fast-xml-parser';
import { decodeCharacterReferences } from './decode-character-references.js';

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';
/** Elements within elements. */
export const MAX_DEPTH = 100;

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
  // The path of an element is of no interest here, and dear.
  jPath: false,
});

/** An ordered node of the parser: one key that names it, and `:@` for attributes. */
export type ParsedNode = Readonly<Record<string, unknown>>;

/** The names and values of attributes, declarations of namespaces among them. */
export type RawAttributes = readonly (readonly [name: string, value: string])[];

/** @throws SyntaxError when the text is not well-formed, or is nested deeper than 100 elements */
export function parseXml(text: string): readonly ParsedNode[] {
  try {
    return nodeList(parser.parse(text, true));
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : 'it cannot be parsed', { cause: error });
  }
}

/** The qualified name of an element; undefined for text. */
export function tagOf(node: ParsedNode): string | undefined {
  for (const key of Object.keys(node)) if (key !== ATTRIBUTES) return key === TEXT || key === CDATA ? undefined : key;
  return undefined;
}

/** What an element holds. */
export function contentOf(node: ParsedNode, tag: string): readonly ParsedNode[] {
  return nodeList(node[tag]);
}

/** @throws SyntaxError for a reference to an entity that there is not */
export function attributesOf(node: ParsedNode): RawAttributes {
  const attributes = node[ATTRIBUTES];
  if (!isNode(attributes)) return [];
  return Object.entries(attributes).map(
    ([name, value]) => [name, decodeCharacterReferences(String(value).replaceAll(/[\n\t]/g, ' '))] as const,
  );
}

/** The text of a node, `''` for an element. @throws SyntaxError as {@link attributesOf} */
export function textOf(node: ParsedNode): string {
  if (typeof node[TEXT] === 'string') return decodeCharacterReferences(node[TEXT]);
  return nodeList(node[CDATA])
    .map((part) => (typeof part[TEXT] === 'string' ? part[TEXT] : ''))
    .join('');
}

/** The names and values of attributes as they stand in the text, references and all. */
export function rawAttributesOf(node: ParsedNode): RawAttributes {
  const attributes = node[ATTRIBUTES];
  return isNode(attributes) ? Object.entries(attributes).map(([name, value]) => [name, String(value)] as const) : [];
}

/**
 * The text of a node and what it holds, as it was but for comments.
 *
 * @param declarations attributes that it gets besides its own
 */
export function writeNode(node: ParsedNode, declarations: RawAttributes = []): string {
  const tag = tagOf(node);
  if (tag === undefined) return TEXT in node ? String(node[TEXT]) : `<![CDATA[${textOf(node)}]]>`;
  const own = rawAttributesOf(node);
  const names = new Set(own.map(([name]) => name));
  const attributes = [...own, ...declarations.filter(([name]) => !names.has(name))]
    .map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`)
    .join('');
  const content = contentOf(node, tag)
    .map((child) => writeNode(child))
    .join('');
  return content === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${content}</${tag}>`;
}

function nodeList(value: unknown): readonly ParsedNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is ParsedNode {
  return typeof value === 'object' && value !== null;
}

import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { XmlAttribute, XmlNode } from './xml-node.js';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
});

/** An element as the parser keeps it: its name with the content, `:@` with the attributes; or `#text`. */
type RawNode = Readonly<Record<string, unknown>>;

/** Namespaces by their prefix. */
type Scope = Readonly<Record<string, string>>;

/**
 * Reads a document with namespaces resolved.
 *
 * @throws Error when it is not well-formed or uses a prefix that is not declared
 */
export function readXml(text: string): XmlNode {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new Error(`not well-formed: ${valid.err.msg} (line ${valid.err.line})`);
  const nodes = parser.parse(text) as RawNode[];
  const root = nodes.find((node) => nameOf(node) !== undefined && !nameOf(node)?.startsWith('?'));
  if (root === undefined) throw new Error('no document element');
  return convert(root, { xml: 'http://www.w3.org/XML/1998/namespace' });
}

function convert(raw: RawNode, outer: Scope): XmlNode {
  const name = nameOf(raw) ?? '';
  const pairs = Object.entries(raw[':@'] ?? {}) as [string, string][];
  const scope = { ...outer };
  for (const [key, value] of pairs) {
    if (key === 'xmlns') scope[''] = value;
    else if (key.startsWith('xmlns:')) scope[key.slice(6)] = value;
  }
  const attributes: XmlAttribute[] = [];
  for (const [key, value] of pairs) {
    if (key === 'xmlns' || key.startsWith('xmlns:')) continue;
    attributes.push({ ...expand(key, scope, true), value });
  }
  const content = raw[name] as RawNode[];
  const children = content.filter((child) => !('#text' in child) && !nameOf(child)?.startsWith('?'));
  return {
    ...expand(name, scope, false),
    attributes,
    children: children.map((child) => convert(child, scope)),
    text: content.map((child) => ('#text' in child ? String(child['#text']) : '')).join(''),
    scope,
  };
}

function nameOf(raw: RawNode): string | undefined {
  return Object.keys(raw).find((key) => key !== ':@' && key !== '#text');
}

/**
 * The name that a qualified name stands for.
 *
 * @param isAttribute attributes without a prefix are in no namespace */
function expand(name: string, scope: Scope, isAttribute: boolean): Pick<XmlNode, 'uri' | 'local'> {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const local = name.slice(colon + 1);
  if (prefix === '') return { uri: isAttribute ? '' : (scope[''] ?? ''), local };
  const uri = scope[prefix];
  if (uri === undefined) throw new Error(`prefix ${prefix} of ${name} is not declared`);
  return { uri, local };
}

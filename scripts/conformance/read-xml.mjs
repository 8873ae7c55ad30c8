import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** @import { XmlAttribute, XmlNode } from './types.mjs' */

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
});

/**
 * Reads a document with namespaces resolved.
 *
 * @param {string} text
 * @returns {XmlNode}
 * @throws Error when it is not well-formed or uses a prefix that is not declared
 */
export function readXml(text) {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new Error(`not well-formed: ${valid.err.msg} (line ${valid.err.line})`);
  const nodes = /** @type {Record<string, unknown>[]} */ (parser.parse(text));
  const root = nodes.find((node) => nameOf(node) !== undefined && !nameOf(node)?.startsWith('?'));
  if (root === undefined) throw new Error('no document element');
  return convert(root, { xml: 'http://www.w3.org/XML/1998/namespace' });
}

/**
 * @param {Record<string, unknown>} raw
 * @param {Readonly<Record<string, string>>} outer
 * @returns {XmlNode}
 */
function convert(raw, outer) {
  const name = nameOf(raw) ?? '';
  const pairs = /** @type {[string, string][]} */ (Object.entries(raw[':@'] ?? {}));
  const scope = { ...outer };
  for (const [key, value] of pairs) {
    if (key === 'xmlns') scope[''] = value;
    else if (key.startsWith('xmlns:')) scope[key.slice(6)] = value;
  }
  /** @type {XmlAttribute[]} */
  const attributes = [];
  for (const [key, value] of pairs) {
    if (key === 'xmlns' || key.startsWith('xmlns:')) continue;
    attributes.push({ ...expand(key, scope, true), value });
  }
  const content = /** @type {Record<string, unknown>[]} */ (raw[name]);
  const children = content.filter((child) => !('#text' in child) && !nameOf(child)?.startsWith('?'));
  return {
    ...expand(name, scope, false),
    attributes,
    children: children.map((child) => convert(child, scope)),
    text: content.map((child) => ('#text' in child ? String(child['#text']) : '')).join(''),
    scope,
  };
}

/** @param {Record<string, unknown>} raw */
function nameOf(raw) {
  return Object.keys(raw).find((key) => key !== ':@' && key !== '#text');
}

/**
 * @param {string} name
 * @param {Readonly<Record<string, string>>} scope
 * @param {boolean} isAttribute attributes without a prefix are in no namespace
 */
function expand(name, scope, isAttribute) {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const local = name.slice(colon + 1);
  if (prefix === '') return { uri: isAttribute ? '' : (scope[''] ?? ''), local };
  const uri = scope[prefix];
  if (uri === undefined) throw new Error(`prefix ${prefix} of ${name} is not declared`);
  return { uri, local };
}

import { headOf } from './element-head.js';
import { type NamespaceScope, rootScope } from './namespace-scope.js';
import { attributesOf, contentOf, type ParsedNode, parseXml, tagOf, textOf } from './parse-xml.js';
import { readPlainXml } from './read-plain-xml.js';
import type { ResponseElement } from './response-element.js';

/**
 * Reads an XML text into an element tree.
 *
 * @throws SyntaxError when the text is not well-formed, is nested deeper than 100 elements or brings a DTD
 */
export function readResponseXml(text: string): ResponseElement {
  const normalized = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  if (!isXmlText(normalized)) throw new SyntaxError('it holds characters that XML forbids');
  return readPlainXml(normalized) ?? readAnyXml(normalized);
}

/** Has the parser read all of a document. @throws SyntaxError as {@link readResponseXml} */
export function readAnyXml(text: string): ResponseElement {
  if (startsWithDoctype(text)) throw new SyntaxError('it brings a DTD, which SOAP forbids');
  const nodes = parseXml(text).filter((node) => tagOf(node) !== undefined);
  const [root] = nodes;
  if (root === undefined || nodes.length > 1) throw new SyntaxError('it must have exactly one root element');
  return toElement(root, rootScope);
}

function toElement(node: ParsedNode, outer: NamespaceScope): ResponseElement {
  const tag = tagOf(node) ?? '';
  const head = headOf(tag, attributesOf(node), outer);
  const content = contentOf(node, tag);
  return {
    ...head,
    children: content.filter((child) => tagOf(child) !== undefined).map((child) => toElement(child, head.scope)),
    text: content.map(textOf).join(''),
  };
}

const ASCII = /^[\t\n\x20-\x7e]*$/;

function isXmlText(text: string): boolean {
  return ASCII.test(text) || !/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text);
}

/** A DTD can only stand before the root element, behind comments and processing instructions. */
function startsWithDoctype(text: string): boolean {
  const prolog = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/.exec(text)?.[0].length ?? 0;
  return text.startsWith('<!', prolog);
}

import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { RequestNode } from './request-element.js';
import { namespaces } from './wsman-names.js';

/** Requests of so many shapes are remembered; then it begins anew. */
const MAX_SHAPES = 128;
/** Characters of a shape. Longer ones are those of large instances, which do not come often. */
const MAX_SHAPE_LENGTH = 8192;

/** What stands between the texts of a request, by its shape: elements and attributes without texts. */
const remembered = new Map<string, readonly string[]>();

/** Parts the pieces of a shape: XML cannot carry it. */
const BREAK = '\u0001';
/** Stands for text in markup that is made once: a character of nobody's. */
const SLOT = '\uF8FF';

/**
 * Writes a request. Markup is made once for each shape; texts are put between its pieces.
 *
 * @throws Error for names, and attributes that hold characters, that XML cannot carry; texts are not checked
 */
export function serializeRequest(root: RequestNode): string {
  const texts: string[] = [];
  const shape = shapeOf(root, texts, '');
  const pieces = remembered.get(shape) ?? learn(shape, root);
  let written = pieces[0] ?? '';
  for (let slot = 0; slot < texts.length; slot++) written += escapeText(texts[slot] ?? '') + (pieces[slot + 1] ?? '');
  return written;
}

function shapeOf({ namespace = '', name, attributes, children, text }: RequestNode, texts: string[], before: string) {
  let shape = `${before}${BREAK}<${namespace}${BREAK}${name}`;
  for (const [uri = '', attribute, value] of attributes)
    shape += `${BREAK}@${uri}${BREAK}${attribute}${BREAK}${value.length} ${value}`;
  if (text !== undefined) {
    texts.push(text);
    shape += `${BREAK}#`;
  }
  for (const child of children) shape = shapeOf(child, texts, shape);
  return `${shape}${BREAK}>`;
}

function learn(shape: string, root: RequestNode): readonly string[] {
  let slot = SLOT;
  while (shape.includes(slot)) slot += SLOT;
  const builder = create();
  build(builder, root, slot);
  // A carriage return stands only in attributes here; unescaped, every reader would turn it into a line feed.
  const markup = builder.end({ headless: true, wellFormed: true }).replaceAll('\r', '&#xD;');
  const pieces = markup.split(slot);
  if (shape.length > MAX_SHAPE_LENGTH) return pieces;
  if (remembered.size >= MAX_SHAPES) remembered.clear();
  remembered.set(shape, pieces);
  return pieces;
}

function build(parent: XMLBuilder, node: RequestNode, slot: string): void {
  const { namespace, name, attributes, children, text } = node;
  const element = namespace === undefined ? parent.ele(name) : parent.ele(namespace, name);
  for (const [uri, attribute, value] of attributes) {
    // xmlbuilder2 takes `&lt;` in a value for what it means, and not for four characters; it looks at the URIs of namespaces itself.
    const literal = uri === namespaces.xmlns ? value : value.replaceAll('&', '&amp;');
    if (uri === undefined) element.att(attribute, literal);
    else element.att(uri, attribute, literal);
  }
  if (text !== undefined) element.txt(slot);
  for (const child of children) build(element, child, slot);
}

const SPECIAL = /[&<>\r]/g;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

function escapeText(text: string): string {
  return text.replace(SPECIAL, (character) => escapes[character] ?? character);
}

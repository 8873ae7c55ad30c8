import { type ElementHead, headOf } from './element-head.js';
import { type NamespaceScope, rootScope } from './namespace-scope.js';
import { ownText } from './own-text.js';
import { attributesOf, contentOf, type ParsedNode, parseXml, type RawAttributes, tagOf } from './parse-xml.js';

/** A start tag that was read before, in a scope in which it stood. */
export interface KnownTag {
  readonly head: ElementHead;
  /** What is known inside the element. */
  readonly inner: TagScope;
  /** The end tag that belongs to it; undefined for `<name/>`. */
  readonly endTag: string | undefined;
}

/** Start tags that were read before under the same declarations of namespaces, by their text. */
export interface TagScope {
  readonly namespaces: NamespaceScope;
  readonly tags: Map<string, KnownTag>;
}

/** What the parser said of a start tag by itself. */
interface StartTag {
  /** A string of its own. */
  readonly text: string;
  readonly name: string;
  readonly attributes: RawAttributes;
  readonly endTag: string | undefined;
}

/** Bytes that are kept, as they are estimated; beyond, it begins anew. */
const MAX_BYTES = 1024 * 1024;
/** What is kept of a tag beside its text. */
const TAG_BYTES = 600;

/** A start tag that holds no `<` or `>`: what is cut out at the next `>` is all of it. */
const PLAIN_TAG = /^<([^\s"'<>/=&]+)(?:\s+[^\s"'<>/=&]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*(\/?)>$/;
const START_TAGS = /<[^<>/!?][^<>]*>/g;

let startTags = new Map<string, StartTag>();
let root = scopeWith(rootScope);
let bytes = 0;

/** The scope of a document that is to be read. */
export function documentScope(): TagScope {
  return root;
}

/** Forgets what was read before, if that has become too much; not while a document is read. */
export function limitTags(): void {
  if (bytes <= MAX_BYTES) return;
  startTags = new Map();
  root = scopeWith(rootScope);
  bytes = 0;
}

/** @returns undefined for a tag that nobody has read yet: see {@link learnTags} */
export function findTag(tag: string, scope: TagScope): KnownTag | undefined {
  const known = scope.tags.get(tag);
  if (known !== undefined) return known;
  const start = startTags.get(tag);
  if (start === undefined) return undefined;
  const { name, attributes, endTag } = start;
  const head = headOf(name, attributes, scope.namespaces);
  const inner = head.scope === scope.namespaces ? scope : scopeWith(head.scope);
  const found = { head, inner, endTag };
  // The text that was given is a piece of a message, which it would keep.
  scope.tags.set(start.text, found);
  bytes += TAG_BYTES;
  return found;
}

/**
 * Has the parser read the start tags of a document that are not known, all at once.
 *
 * @returns false when one of them is not plain: then tags cannot be told by their text
 * @throws SyntaxError when one of them is not well-formed
 */
export function learnTags(text: string): boolean {
  const unknown = [...new Set(text.match(START_TAGS))].filter((tag) => !startTags.has(tag));
  const tags: Omit<StartTag, 'name' | 'attributes'>[] = [];
  let list = '';
  for (const tag of unknown) {
    const [, name, slash] = PLAIN_TAG.exec(tag) ?? [];
    if (name === undefined) return false;
    const endTag = slash === '' ? ownText(`</${name}>`) : undefined;
    tags.push({ text: ownText(tag), endTag });
    list += tag + (endTag ?? '');
  }
  const [parsed] = parseXml(`<list>${list}</list>`);
  const nodes = parsed === undefined ? [] : contentOf(parsed, 'list');
  for (const [place, tag] of tags.entries()) {
    const node = nodes[place];
    if (node === undefined) return false;
    remember(tag, node);
  }
  return true;
}

function remember({ text, endTag }: Omit<StartTag, 'name' | 'attributes'>, node: ParsedNode): void {
  startTags.set(text, { text, name: tagOf(node) ?? '', attributes: attributesOf(node), endTag });
  bytes += TAG_BYTES + text.length;
}

function scopeWith(namespaces: NamespaceScope): TagScope {
  return { namespaces, tags: new Map() };
}

import { decodeCharacterReferences } from './decode-character-references.js';
import { documentScope, findTag, type KnownTag, learnTags, limitTags } from './known-tags.js';
import { MAX_DEPTH } from './parse-xml.js';
import type { ResponseElement } from './response-element.js';

interface OpenElement extends ResponseElement {
  children: OpenElement[];
  text: string;
}

const DECLARATION = /^(?:<\?xml version="1\.0"(?: encoding="[\w-]+")?(?: standalone="(?:yes|no)")?\s*\?>)?\s*(?=<)/;
const NOTHING: OpenElement[] = [];
const SLASH = 47;

/** The short way does not lead on; with a tag that is not known it may, once that is. */
class NotPlainError extends Error {
  readonly isUnknownTag: boolean;
  constructor(isUnknownTag: boolean) {
    super('not plain');
    this.isUnknownTag = isUnknownTag;
  }
}

/**
 * Reads a document of tags and text whose start tags were read before, by the parser. The others of it, if there are any, are given to the
 * parser together first; so a document costs what is new in it.
 *
 * @param text XML characters only, lines parted by line feeds
 * @returns undefined for a document that holds anything else (comments, CDATA, `>` in an attribute …), or that is not well-formed: the
 *   parser says what it is
 */
export function readPlainXml(text: string): ResponseElement | undefined {
  const start = DECLARATION.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  limitTags();
  try {
    return readFrom(text, start);
  } catch (error) {
    if (error instanceof NotPlainError && error.isUnknownTag) return readLearned(text, start);
    return notPlain(error);
  }
}

function readLearned(text: string, start: number): ResponseElement | undefined {
  try {
    return learnTags(text) ? readFrom(text, start) : undefined;
  } catch (error) {
    return notPlain(error);
  }
}

/** Nor is plain what is not well-formed. */
function notPlain(error: unknown): undefined {
  if (!(error instanceof NotPlainError || error instanceof SyntaxError)) throw error;
}

/** @throws NotPlainError; SyntaxError for a reference to an entity that there is not */
function readFrom(text: string, start: number): ResponseElement {
  const reader = new PlainReader(text);
  let at = start;
  do {
    at = text.charCodeAt(at + 1) === SLASH ? reader.end(at) : reader.begin(at);
    at = reader.text(at);
  } while (at < text.length);
  return reader.root();
}

class PlainReader {
  readonly #text: string;
  readonly #elements: OpenElement[] = [];
  readonly #tags: KnownTag[] = [];
  /** The innermost that is open, of both. */
  #element: OpenElement | undefined;
  #tag: KnownTag | undefined;
  #scope = documentScope();
  #root: OpenElement | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** A start tag. @returns where it ends */
  begin(at: number): number {
    const end = this.#text.indexOf('>', at) + 1;
    const tag = findTag(this.#text.slice(at, end), this.#scope);
    if (tag === undefined) throw new NotPlainError(true);
    const { namespace, name, attributes, scope } = tag.head;
    this.#add({ namespace, name, attributes, children: NOTHING, text: '', scope }, tag);
    return end;
  }

  #add(element: OpenElement, tag: KnownTag): void {
    const parent = this.#element;
    if (parent === undefined) this.#setRoot(element);
    else if (parent.children === NOTHING) parent.children = [element];
    else parent.children.push(element);
    if (tag.endTag === undefined) return;
    if (this.#elements.push(element) >= MAX_DEPTH) throw new NotPlainError(false);
    this.#tags.push(tag);
    this.#element = element;
    this.#tag = tag;
    this.#scope = tag.inner;
  }

  #setRoot(element: OpenElement): void {
    if (this.#root !== undefined) throw new NotPlainError(false);
    this.#root = element;
  }

  /** An end tag, which is that of what was begun last, or the document is no good. @returns where it ends */
  end(at: number): number {
    const endTag = this.#tag?.endTag;
    if (endTag === undefined || !this.#text.startsWith(endTag, at)) throw new NotPlainError(false);
    this.#elements.pop();
    this.#tags.pop();
    this.#element = this.#elements.at(-1);
    this.#tag = this.#tags.at(-1);
    this.#scope = this.#tag?.inner ?? documentScope();
    return at + endTag.length;
  }

  /** What stands before the next tag, or the end. @returns where that is */
  text(at: number): number {
    const next = this.#text.indexOf('<', at);
    if (next === at) return at;
    const end = next < 0 ? this.#text.length : next;
    const text = this.#text.slice(at, end);
    if (this.#element !== undefined) this.#element.text += decodeCharacterReferences(text);
    else if (text.trim() !== '') throw new NotPlainError(false);
    return end;
  }

  root(): ResponseElement {
    if (this.#root === undefined || this.#element !== undefined) throw new NotPlainError(false);
    return this.#root;
  }
}

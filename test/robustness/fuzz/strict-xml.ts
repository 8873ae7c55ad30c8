import type { XmlAttribute, XmlElement } from '../../../src/xml/xml-element.js';

/** A document that is not well-formed XML 1.0 with namespaces, or has a document type declaration. */
export class StrictXmlError extends Error {
  override readonly name = 'StrictXmlError';
  /** Set when nothing else is wrong so far but a prefix that nobody declared. */
  readonly undeclared: string | undefined;

  constructor(message: string, undeclared?: string) {
    super(message);
    this.undeclared = undeclared;
  }
}

/**
 * Reads a document as XML 1.0 (fifth edition) and Namespaces in XML 1.0 have it, without document types: one function for a rule of
 * the grammar, slow and plain. It shares nothing with the reader of the server but the form of the tree.
 *
 * @throws StrictXmlError
 */
export function readStrictXml(text: string): XmlElement {
  // XML §2.2, §2.11.
  if (!CHARACTERS.test(text)) fail('a character that XML does not have');
  return new StrictReader(text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')).document();
}

const CHARACTERS = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const START =
  ':A-Z_a-z\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}';
const NAME = new RegExp(`[${START}][${START}\\-.0-9\\xb7\\u0300-\\u036f\\u203f\\u2040]*`, 'uy');
/** Quotes and `]` may be the end of something, and are looked at one by one. */
const IN_ATTRIBUTE = /[^<&"']+/y;
const IN_TEXT = /[^<&\]]+/y;
const SPACE = /[ \t\n]+/y;
const XML_DECLARATION =
  /<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/y;
const REFERENCE = /&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|(lt|gt|amp|quot|apos));/y;
const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

type Scope = ReadonlyMap<string, string>;

class StrictReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): XmlElement {
    this.#match(XML_DECLARATION);
    this.#misc();
    if (!this.#next('<')) fail('no element');
    const root = this.#element(new Map([['xml', XML]]));
    this.#misc();
    if (this.#at < this.#text.length) fail('something behind the root');
    return root;
  }

  #next(piece: string): boolean {
    return this.#text.startsWith(piece, this.#at);
  }

  #take(piece: string): boolean {
    if (!this.#next(piece)) return false;
    this.#at += piece.length;
    return true;
  }

  #expect(piece: string): void {
    if (!this.#take(piece)) fail(`no ${piece} at ${this.#at}`);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  /** Up to the piece, which is stepped over. */
  #until(end: string): string {
    const at = this.#text.indexOf(end, this.#at);
    if (at < 0) fail(`no ${end}`);
    const content = this.#text.slice(this.#at, at);
    this.#at = at + end.length;
    return content;
  }

  #name(): string {
    return this.#match(NAME)?.[0] ?? fail(`no name at ${this.#at}`);
  }

  /** Comments, processing instructions and blanks (§2.8). */
  #misc(): void {
    while (this.#match(SPACE) || this.#comment() || this.#instruction());
  }

  #comment(): boolean {
    if (!this.#take('<!--')) return false;
    this.#until('--');
    this.#expect('>');
    return true;
  }

  #instruction(): boolean {
    if (!this.#take('<?')) return false;
    const target = this.#name();
    if (/^xml$/i.test(target) || target.includes(':')) fail(`an instruction for ${target}`);
    if (this.#take('?>')) return true;
    if (!this.#match(SPACE)) fail('no blank behind a target');
    this.#until('?>');
    return true;
  }

  #element(outer: Scope): XmlElement {
    this.#expect('<');
    const name = this.#name();
    const attributes = this.#attributes();
    const isEmpty = this.#take('/');
    this.#expect('>');
    const scope = declare(outer, attributes);
    const start = { ...resolve(name, scope, scope.get('') ?? ''), attributes: resolveAll(attributes, scope) };
    if (start.prefix === 'xmlns') fail('an element with the prefix xmlns');
    if (isEmpty) return { ...start, children: [], text: '' };
    const content = this.#content(scope);
    this.#expect('</');
    if (this.#name() !== name) fail(`${name} ends as something else`);
    this.#match(SPACE);
    this.#expect('>');
    return { ...start, ...content };
  }

  #attributes(): Map<string, string> {
    const attributes = new Map<string, string>();
    while (this.#match(SPACE)) {
      if (this.#next('>') || this.#next('/')) break;
      const name = this.#name();
      this.#match(SPACE);
      this.#expect('=');
      this.#match(SPACE);
      if (attributes.has(name)) fail(`${name} twice`);
      attributes.set(name, this.#attributeValue());
    }
    return attributes;
  }

  #attributeValue(): string {
    const quote = this.#next('"') ? '"' : "'";
    this.#expect(quote);
    let value = '';
    while (!this.#take(quote)) {
      if (this.#next('<')) fail('a < in an attribute');
      if (this.#next('&')) value += this.#reference();
      else value += this.#run(IN_ATTRIBUTE).replaceAll(/[\t\n]/g, ' ');
    }
    return value;
  }

  /** Characters that mean themselves, or one that is not among those of the pattern but is no more here either. */
  #run(pattern: RegExp): string {
    const run = this.#match(pattern)?.[0] ?? this.#text[this.#at++];
    return run ?? fail('the end within something');
  }

  #reference(): string {
    const [, decimal, hexadecimal, entity] = this.#match(REFERENCE) ?? fail('a reference that is none');
    if (entity !== undefined) return PREDEFINED[entity] ?? '';
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : '';
    if (character === '' || !CHARACTERS.test(character)) fail('a reference to what is no character');
    return character;
  }

  #content(scope: Scope): Pick<XmlElement, 'children' | 'text'> {
    const children: XmlElement[] = [];
    let text = '';
    while (!this.#next('</')) {
      if (this.#take('<![CDATA[')) text += this.#until(']]>');
      else if (this.#comment() || this.#instruction()) continue;
      else if (this.#next('<')) children.push(this.#element(scope));
      else if (this.#next('&')) text += this.#reference();
      else if (this.#next(']]>')) fail(']]> in text');
      else text += this.#run(IN_TEXT);
    }
    return { children, text };
  }
}

/** Namespaces §3, §6. */
function declare(outer: Scope, attributes: ReadonlyMap<string, string>): Scope {
  if (![...attributes.keys()].some((name) => name.startsWith('xmlns'))) return outer;
  const scope = new Map(outer);
  for (const [name, uri] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    const prefix = name.slice(6);
    if (name !== 'xmlns' && (prefix.includes(':') || !startsName(prefix))) fail(`a declaration of ${name}`);
    if (prefix === 'xmlns' || uri === XMLNS || (prefix === 'xml') !== (uri === XML)) fail('xml and xmlns are reserved');
    if (prefix !== '' && uri === '') fail(`nothing for ${prefix}`);
    scope.set(prefix, uri);
  }
  return scope;
}

function resolveAll(attributes: ReadonlyMap<string, string>, scope: Scope): readonly XmlAttribute[] {
  const resolved = [...attributes]
    .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([name, value]) => ({ ...resolve(name, scope, ''), value }));
  const names = resolved.map(({ namespaceUri, localName }) => JSON.stringify([namespaceUri, localName]));
  if (new Set(names).size < names.length) fail('an attribute twice, with different prefixes');
  return resolved;
}

function resolve(name: string, scope: Scope, withoutPrefix: string): Omit<XmlAttribute, 'value'> {
  const [first = '', second, ...more] = name.split(':');
  if (second === undefined) return { prefix: '', localName: name, namespaceUri: withoutPrefix };
  if (first === '' || second === '' || more.length > 0 || !startsName(second)) fail(`${name} is no qualified name`);
  const namespaceUri = scope.get(first);
  if (namespaceUri === undefined && first !== 'xmlns')
    throw new StrictXmlError(`the prefix of ${name} is not declared`, first);
  return { prefix: first, localName: second, namespaceUri: namespaceUri ?? '' };
}

/** Behind a colon a name begins anew (Namespaces §4). */
function startsName(text: string): boolean {
  NAME.lastIndex = 0;
  return NAME.test(text);
}

function fail(message: string): never {
  throw new StrictXmlError(message);
}

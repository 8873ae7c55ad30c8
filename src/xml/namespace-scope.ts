import { interned } from '../strings/interned.js';
import { fallbackPrefixes, ns } from './namespaces.js';
import { XmlError } from './xml-error.js';

/** Our own strings for the namespaces we know: what is compared with them later is then nearly always the very same string. */
const knownNamespaces: ReadonlyMap<string, string> = new Map(Object.values(ns).map((uri) => [uri, uri]));

/**
 * Some declarations in their order: the very same object wherever they are made again. What a piece of a document means depends
 * on nothing but its text and this.
 */
export interface Declarations {
  /** The URI declared last, interned: what is read here may be kept longer than its document. */
  readonly uri: string;
  /** With one more, by URI and prefix. */
  readonly next: Map<string, Map<string, Declarations>>;
}

const NONE: Declarations = { uri: '', next: new Map() };

/** Bounded in number and length, because peers choose what they declare. */
const MAX_KNOWN = 1024;
const MAX_LENGTH = 512;
let known = 0;

function withOneMore(declarations: Declarations, prefix: string, uri: string): Declarations | undefined {
  if (prefix.length + uri.length > MAX_LENGTH) return undefined;
  const before = declarations.next.get(uri)?.get(prefix);
  if (before !== undefined) return before;
  if (known >= MAX_KNOWN) {
    NONE.next.clear();
    known = 0;
  }
  known++;
  const own = knownNamespaces.get(uri) ?? interned(uri);
  const after: Declarations = { uri: own, next: new Map() };
  const ofUri = declarations.next.get(own) ?? new Map<string, Declarations>();
  if (ofUri.size === 0) declarations.next.set(own, ofUri);
  ofUri.set(interned(prefix), after);
  return after;
}

/**
 * The namespace bindings at the present place of a document (Namespaces in XML 1.0), with fall-backs for prefixes that
 * real clients forget to declare. Elements without declarations, the great majority, need no scope of their own.
 */
export class NamespaceScope {
  readonly #bindings = new Map<string, string>();
  /**
   * What each open scope changed, so that its end can undo it: prefix, then the URI it had before (`undefined`: none),
   * by turns.
   */
  readonly #changes: (string | undefined)[][] = [];
  /** All that are in force, and those outside each open scope; undefined where one is longer than any that is kept. */
  #declarations: Declarations | undefined = NONE;
  readonly #outside: (Declarations | undefined)[] = [];
  /** The prefix asked for last, and its namespace: nearly always the next one too. */
  #lastPrefix: string | undefined;
  #lastUri = '';

  /** Opens a scope; every {@link declare} until {@link leave} belongs to it. */
  enter(): void {
    this.#changes.push([]);
    this.#outside.push(this.#declarations);
  }

  /** Closes the scope that {@link enter} opened last. */
  leave(): void {
    this.#lastPrefix = undefined;
    this.#declarations = this.#outside.pop();
    const previous = this.#changes.pop() ?? [];
    for (let at = previous.length - 2; at >= 0; at -= 2) {
      const prefix = previous[at] ?? '';
      const uri = previous[at + 1];
      if (uri === undefined) this.#bindings.delete(prefix);
      else this.#bindings.set(prefix, uri);
    }
  }

  /**
   * Takes a declaration into the present scope.
   *
   * @param prefix empty for the default namespace
   * @throws {@link XmlError} when the declaration is one that Namespaces in XML 1.0 §3 forbids
   */
  declare(prefix: string, uri: string): void {
    if (prefix === 'xmlns' || uri === ns.xmlns || (prefix === 'xml') !== (uri === ns.xml)) {
      throw notWellFormed('The prefixes xml and xmlns and their namespaces are reserved.');
    }
    if (uri === '' && prefix !== '') throw notWellFormed(`The prefix ${prefix} is declared without a namespace.`);
    this.#lastPrefix = undefined;
    this.#changes.at(-1)?.push(prefix, this.#bindings.get(prefix));
    this.#declarations &&= withOneMore(this.#declarations, prefix, uri);
    this.#bindings.set(prefix, this.#declarations?.uri ?? knownNamespaces.get(uri) ?? uri);
  }

  /** All declarations in force; undefined when one is longer than any that is kept. */
  get declarations(): Declarations | undefined {
    return this.#declarations;
  }

  /** The namespace of an element; without a prefix it is in the default namespace. */
  ofElement(prefix: string): string {
    if (prefix === this.#lastPrefix) return this.#lastUri;
    this.#lastPrefix = prefix;
    this.#lastUri = this.#bindings.get(prefix) ?? (prefix === '' ? '' : undeclared(prefix));
    return this.#lastUri;
  }

  /** The namespace of an attribute; without a prefix it is in none. */
  ofAttribute(prefix: string): string {
    return prefix === '' ? '' : (this.#bindings.get(prefix) ?? undeclared(prefix));
  }
}

function undeclared(prefix: string): string {
  return prefix === 'xml' ? ns.xml : (fallbackPrefixes.get(prefix) ?? '');
}

function notWellFormed(message: string): XmlError {
  return new XmlError('not-well-formed', message);
}

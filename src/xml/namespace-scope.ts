import { ns } from './namespaces.js';
import type { Declarations } from './reader-memory.js';
import { XmlError } from './xml-error.js';

/** Our own strings for the namespaces we know: what is compared with them later is then nearly always the very same string. */
const knownNamespaces: ReadonlyMap<string, string> = new Map(Object.values(ns).map((uri) => [uri, uri]));

/**
 * The namespace bindings at the present place of a document (Namespaces in XML 1.0). Elements without declarations, the great
 * majority, need no scope of their own.
 */
export class NamespaceScope {
  readonly #bindings = new Map<string, string>();
  /**
   * What each open scope changed, so that its end can undo it: prefix, then the URI it had before (`undefined`: none),
   * by turns.
   */
  readonly #changes: (string | undefined)[][] = [];
  /** All that are in force, and those outside each open scope; undefined where they are not remembered. */
  #declarations: Declarations | undefined;
  readonly #outside: (Declarations | undefined)[] = [];
  /** The prefix asked for last, and its namespace: nearly always the next one too. */
  #lastPrefix: string | undefined;
  #lastUri: string | undefined = '';

  readonly #always: ReadonlyMap<string, string>;

  /**
   * @param declarations none, as a memory knows them; undefined when there is no memory
   * @param given what prefixes mean without a declaration
   */
  constructor(declarations: Declarations | undefined, given: ReadonlyMap<string, string> | undefined) {
    this.#declarations = declarations;
    this.#always = given === undefined ? ALWAYS : new Map([...given, ...ALWAYS]);
  }

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
    this.#declarations &&= this.#declarations.with(prefix, uri);
    this.#bindings.set(prefix, this.#declarations?.uri ?? knownNamespaces.get(uri) ?? uri);
  }

  /** All declarations in force; undefined when they are not remembered. */
  get declarations(): Declarations | undefined {
    return this.#declarations;
  }

  /** The namespace of an element; without a prefix it is in the default namespace. Undefined when nobody declared the prefix. */
  ofElement(prefix: string): string | undefined {
    if (prefix === this.#lastPrefix) return this.#lastUri;
    this.#lastPrefix = prefix;
    this.#lastUri = this.#bindings.get(prefix) ?? this.#always.get(prefix);
    return this.#lastUri;
  }

  /** The namespace of an attribute; without a prefix it is in none. Undefined when nobody declared the prefix. */
  ofAttribute(prefix: string): string | undefined {
    return prefix === '' ? '' : (this.#bindings.get(prefix) ?? this.#always.get(prefix));
  }
}

/** What needs no declaration: no prefix at all, and `xml` (Namespaces in XML 1.0 §3). */
const ALWAYS: ReadonlyMap<string, string> = new Map([
  ['', ''],
  ['xml', ns.xml],
]);

function notWellFormed(message: string): XmlError {
  return new XmlError('not-well-formed', message);
}

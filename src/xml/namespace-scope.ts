import { fallbackPrefixes, ns } from './namespaces.js';
import { XmlError } from './xml-error.js';

/** A qualified name taken apart and resolved. */
export interface ResolvedName {
  readonly prefix: string;
  readonly localName: string;
  readonly namespaceUri: string;
}

/** What one element with declarations changed, so that its end can undo it. */
interface Frame {
  /** prefix, then the URI it had before (`undefined`: none), by turns. */
  readonly previous: (string | undefined)[];
  readonly elementNames: Map<string, ResolvedName>;
  readonly attributeNames: Map<string, ResolvedName>;
}

/**
 * The namespace bindings at the present place of a document (Namespaces in XML 1.0), with fall-backs for prefixes that
 * real clients forget to declare. Elements without declarations, the great majority, cost nothing but a look-up of
 * their whole name: resolved names are kept as long as the bindings stay as they are.
 */
export class NamespaceScope {
  readonly #bindings = new Map<string, string>();
  readonly #frames: Frame[] = [];
  #elementNames = new Map<string, ResolvedName>();
  #attributeNames = new Map<string, ResolvedName>();

  /** Opens a scope; every {@link declare} until {@link leave} belongs to it. */
  enter(): void {
    this.#frames.push({ previous: [], elementNames: this.#elementNames, attributeNames: this.#attributeNames });
    this.#elementNames = new Map();
    this.#attributeNames = new Map();
  }

  /** Closes the scope that {@link enter} opened last. */
  leave(): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    const { previous } = frame;
    for (let at = previous.length - 2; at >= 0; at -= 2) {
      const prefix = previous[at] ?? '';
      const uri = previous[at + 1];
      if (uri === undefined) this.#bindings.delete(prefix);
      else this.#bindings.set(prefix, uri);
    }
    this.#elementNames = frame.elementNames;
    this.#attributeNames = frame.attributeNames;
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
    this.#frames.at(-1)?.previous.push(prefix, this.#bindings.get(prefix));
    this.#bindings.set(prefix, uri);
  }

  /** Resolves an element's name; without a prefix it is in the default namespace. */
  element(qualifiedName: string): ResolvedName {
    const known = this.#elementNames.get(qualifiedName);
    if (known !== undefined) return known;
    const name = this.#resolve(qualifiedName, this.#bindings.get('') ?? '');
    this.#elementNames.set(qualifiedName, name);
    return name;
  }

  /** Resolves an attribute's name; without a prefix it is in no namespace. */
  attribute(qualifiedName: string): ResolvedName {
    const known = this.#attributeNames.get(qualifiedName);
    if (known !== undefined) return known;
    const name = this.#resolve(qualifiedName, '');
    this.#attributeNames.set(qualifiedName, name);
    return name;
  }

  #resolve(qualifiedName: string, unprefixedUri: string): ResolvedName {
    const colon = qualifiedName.indexOf(':');
    if (colon === -1) return { prefix: '', localName: qualifiedName, namespaceUri: unprefixedUri };
    const prefix = qualifiedName.slice(0, colon);
    const localName = qualifiedName.slice(colon + 1);
    if (prefix === '' || prefix === 'xmlns' || localName === '' || localName.includes(':')) {
      throw notWellFormed('A name is not a qualified name.');
    }
    return { prefix, localName, namespaceUri: this.#uriOf(prefix) };
  }

  #uriOf(prefix: string): string {
    if (prefix === 'xml') return ns.xml;
    return this.#bindings.get(prefix) ?? fallbackPrefixes.get(prefix) ?? '';
  }
}

function notWellFormed(message: string): XmlError {
  return new XmlError('not-well-formed', message);
}

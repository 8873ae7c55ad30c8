import { NamespaceScope } from './namespace-scope.js';
import { ns } from './namespaces.js';
import type { QualifiedName } from './qualified-name.js';
import type { Declarations } from './reader-memory.js';
import { namespaceOfUndeclared } from './undeclared-prefix.js';
import type { XmlAttribute, XmlElement } from './xml-element.js';
import { limitError, undeclaredPrefix, XmlError } from './xml-error.js';
import type { XmlLimits } from './xml-limits.js';

/** An element still being read. Fields in one order for all, so that the engine keeps one layout. */
interface OpenElement {
  readonly prefix: string;
  readonly localName: string;
  readonly namespaceUri: string;
  readonly attributes: readonly XmlAttribute[];
  children: readonly XmlElement[];
  text: string;
}

/**
 * What becomes of prefixes that nobody declared, but for those in references of libmi ({@link namespaceOfUndeclared}): they are
 * refused wherever they stand, or in names only and not in the value of `xsi:type`, or are in no namespace.
 */
export type Undeclared = 'refused' | 'refused in names' | 'passed over';

/** Windows and libmi write the simple types of WS-CIM and XML Schema without declaring these (recorded requests). */
const USUAL_TYPES: ReadonlySet<string> = new Set(['', 'cim', 'xs', 'xsd']);

const NO_ATTRIBUTES: readonly XmlAttribute[] = Object.freeze([]);
const NO_CHILDREN: readonly XmlElement[] = Object.freeze([]);

/**
 * Builds the tree from the parser's events. Every limit is checked at the event that passes it, by throwing out of
 * the parser: it never reads on to the end of a document that is too deep or too large.
 */
export class ElementBuilder {
  readonly #limits: XmlLimits;
  readonly #scope: NamespaceScope;
  readonly #undeclared: Undeclared;
  readonly #open: OpenElement[] = [];
  /** For each open element, whether it opened a namespace scope. */
  readonly #scoped: boolean[] = [];
  /** Those of the present start tag are the first {@link #attributeCount}; the arrays are used again for every tag. */
  readonly #names: QualifiedName[] = [];
  readonly #values: string[] = [];
  #attributeCount = 0;
  /** Of the present start tag: prefix and URI by turns. */
  #declarations: string[] = [];
  #top: OpenElement | undefined;
  #root: XmlElement | undefined;
  #elements = 0;

  /**
   * @param declarations none, as a memory knows them, for {@link ElementBuilder.declarations}
   * @param prefixes what they mean where the document does not declare them
   * @param undeclared what becomes of other prefixes that nobody declared
   */
  constructor(
    limits: XmlLimits,
    declarations: Declarations | undefined,
    prefixes?: ReadonlyMap<string, string> | undefined,
    undeclared: Undeclared = 'refused in names',
  ) {
    this.#limits = limits;
    this.#scope = new NamespaceScope(declarations, prefixes);
    this.#undeclared = undeclared;
  }

  /** The finished root element, once the parser has seen the end. */
  get root(): XmlElement | undefined {
    return this.#root;
  }

  /** One attribute of the present start tag, declarations included. */
  attribute(name: QualifiedName, value: string): void {
    const limits = this.#limits;
    if (name.text.length > limits.nameLength) throw limitError('nameLength', limits.nameLength);
    if (value.length > limits.textLength) throw limitError('textLength', limits.textLength);
    if (name.declares !== undefined) {
      this.#declarations.push(name.declares, value);
      if (this.#declarations.length > 2 * limits.namespaceDeclarations) {
        throw limitError('namespaceDeclarations', limits.namespaceDeclarations);
      }
    } else {
      this.#names[this.#attributeCount] = name;
      this.#values[this.#attributeCount++] = value;
      if (this.#attributeCount > limits.attributes) throw limitError('attributes', limits.attributes);
    }
  }

  /** The start tag is complete. */
  openElement(name: QualifiedName): void {
    const { text, prefix, localName } = name;
    const limits = this.#limits;
    if (this.#open.length >= limits.depth) throw limitError('depth', limits.depth);
    if (++this.#elements > limits.elements) throw limitError('elements', limits.elements);
    if (text.length > limits.nameLength) throw limitError('nameLength', limits.nameLength);
    // Namespaces in XML 1.0 §3.
    if (prefix === 'xmlns') throw new XmlError('not-well-formed', 'The prefix xmlns is for declarations.');
    const scoped = this.#declarations.length > 0;
    if (scoped) this.#enterScope();
    const parent = this.#top;
    const element: OpenElement = {
      prefix,
      localName,
      namespaceUri: this.#scope.ofElement(prefix) ?? this.#namespaceOfUndeclared(name, parent),
      attributes: this.#attributeCount === 0 ? NO_ATTRIBUTES : this.#takeAttributes(),
      children: NO_CHILDREN,
      text: '',
    };
    if (parent === undefined) this.#root = element;
    else addChild(parent, element);
    this.#open.push(element);
    this.#scoped.push(scoped);
    this.#top = element;
  }

  /** All namespace declarations in force at the present place; see {@link NamespaceScope.declarations}. */
  get declarations(): Declarations | undefined {
    return this.#scope.declarations;
  }

  /** How many elements are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** How many elements have been read. */
  get elements(): number {
    return this.#elements;
  }

  /** The last child of the innermost open element. */
  get lastChild(): XmlElement | undefined {
    return this.#top?.children.at(-1);
  }

  /**
   * A whole child of the innermost open element, read before at the same depth, under the same declarations and limits.
   *
   * @param size how many elements it is, itself included
   */
  child(element: XmlElement, size: number): void {
    const { elements } = this.#limits;
    this.#elements += size;
    if (this.#elements > elements) throw limitError('elements', elements);
    if (this.#top !== undefined) addChild(this.#top, element);
  }

  /** Character data or CDATA. Outside the root it is white space, which the parser has made sure of. */
  text(text: string): void {
    const element = this.#top;
    if (element === undefined) return;
    if (element.text.length + text.length > this.#limits.textLength) {
      throw limitError('textLength', this.#limits.textLength);
    }
    element.text = element.text.length === 0 ? text : element.text + text;
  }

  /** The end of the innermost open element. */
  closeElement(): void {
    this.#open.pop();
    // An index of -1 would be looked up as the name of a property.
    this.#top = this.#open.length === 0 ? undefined : this.#open[this.#open.length - 1];
    // What the root declares, nobody asks for after its end.
    if (this.#scoped.pop() === true && this.#top !== undefined) this.#scope.leave();
  }

  #enterScope(): void {
    this.#scope.enter();
    const declarations = this.#declarations;
    for (let at = 0; at < declarations.length; at += 2) {
      this.#scope.declare(declarations[at] as string, declarations[at + 1] as string); // pushed in pairs
    }
    this.#declarations = [];
  }

  #namespaceOfUndeclared(name: QualifiedName, parent?: OpenElement | undefined): string {
    return this.#undeclared === 'passed over' ? '' : namespaceOfUndeclared(name, this.#open.length, parent);
  }

  /** The value of `xsi:type` is a name, too. libmi binds the prefix `xsi` to the namespace of XML Schema itself. */
  #checkType(namespaceUri: string, value: string): void {
    if (namespaceUri !== ns.xsi && namespaceUri !== ns.xsd) return;
    const colon = value.indexOf(':');
    const prefix = colon === -1 ? '' : value.slice(0, colon).trim();
    if (USUAL_TYPES.has(prefix) || this.#scope.ofAttribute(prefix) !== undefined) return;
    throw undeclaredPrefix({ text: `the type ${value.trim()}`, prefix });
  }

  #takeAttributes(): readonly XmlAttribute[] {
    let taken: XmlAttribute[] | undefined;
    for (let at = 0; at < this.#attributeCount; at++) {
      const name = this.#names[at] as QualifiedName; // counted as they were put there
      const { prefix, localName } = name;
      const value = this.#values[at] as string;
      const namespaceUri = this.#scope.ofAttribute(prefix) ?? this.#namespaceOfUndeclared(name);
      if (localName === 'type' && this.#undeclared === 'refused') this.#checkType(namespaceUri, value);
      const attribute: XmlAttribute = { prefix, localName, namespaceUri, value };
      if (taken === undefined) {
        taken = [attribute];
        continue;
      }
      // The parser has refused the same name twice; two prefixes for one namespace are ours to see. At most 64 per
      // element, so looking through them is bounded.
      if (namespaceUri !== '' && has(taken, localName, namespaceUri)) {
        throw new XmlError('not-well-formed', 'An element has the same attribute twice.');
      }
      taken.push(attribute);
    }
    this.#attributeCount = 0;
    return taken ?? NO_ATTRIBUTES;
  }
}

/** Literals for the first two: an array that grows from nothing takes room for seventeen. */
function addChild(parent: OpenElement, child: XmlElement): void {
  const { children } = parent;
  const first = children[0];
  if (first === undefined) parent.children = [child];
  else if (children.length === 1) parent.children = [first, child];
  else (children as XmlElement[]).push(child);
}

function has(attributes: readonly XmlAttribute[], localName: string, namespaceUri: string): boolean {
  for (const attribute of attributes) {
    if (attribute.localName === localName && attribute.namespaceUri === namespaceUri) return true;
  }
  return false;
}

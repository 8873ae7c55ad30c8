import { escapeAttribute, escapeText } from './escape-xml.js';

/**
 * Writes XML by appending to one string: no tree, no second pass. Names are the caller's own and are written as they
 * are; values are escaped.
 *
 * ```ts
 * new XmlWriter().open('p:Job_OUTPUT').attribute('xmlns:p', uri).leaf('p:ReturnValue', '0').close().toString();
 * ```
 */
export class XmlWriter {
  #xml = '';
  #startTagOpen = false;
  readonly #names: string[] = [];

  /** Begins an element; attributes may follow. */
  open(qualifiedName: string): this {
    this.#endStartTag();
    this.#xml += `<${qualifiedName}`;
    this.#startTagOpen = true;
    this.#names.push(qualifiedName);
    return this;
  }

  /** Adds an attribute, or a namespace declaration, to the element just begun. */
  attribute(qualifiedName: string, value: string): this {
    if (!this.#startTagOpen) throw new Error(`attribute ${qualifiedName} outside a start tag`);
    this.#xml += ` ${qualifiedName}="${escapeAttribute(value)}"`;
    return this;
  }

  /** Adds character data. */
  text(text: string): this {
    this.#endStartTag();
    this.#xml += escapeText(text);
    return this;
  }

  /** Adds a whole element that holds nothing but text. */
  leaf(qualifiedName: string, text: string): this {
    this.#endStartTag();
    this.#xml += `<${qualifiedName}>${escapeText(text)}</${qualifiedName}>`;
    return this;
  }

  /** Adds markup that is XML already. */
  raw(xml: string): this {
    this.#endStartTag();
    this.#xml += xml;
    return this;
  }

  /** Ends the innermost open element. */
  close(): this {
    const name = this.#names.pop();
    if (name === undefined) throw new Error('no element is open');
    if (this.#startTagOpen) {
      this.#xml += '/>';
      this.#startTagOpen = false;
    } else {
      this.#xml += `</${name}>`;
    }
    return this;
  }

  /** What has been written. Every element must have been closed. */
  toString(): string {
    if (this.#names.length > 0) throw new Error(`element ${this.#names.at(-1)} is not closed`);
    return this.#xml;
  }

  #endStartTag(): void {
    if (!this.#startTagOpen) return;
    this.#xml += '>';
    this.#startTagOpen = false;
  }
}

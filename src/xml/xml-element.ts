/** An attribute with its name resolved. Namespace declarations are not attributes here. */
export interface XmlAttribute {
  readonly prefix: string;
  readonly localName: string;
  /** Empty when the attribute has no prefix, or one that nobody knows. */
  readonly namespaceUri: string;
  /** Normalised as XML says: line breaks and tabs are blanks, references are resolved. */
  readonly value: string;
}

/** An element as read. Comments and processing instructions leave no trace. */
export interface XmlElement {
  readonly prefix: string;
  readonly localName: string;
  /** Empty when the element has no namespace, or a prefix that nobody knows. */
  readonly namespaceUri: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** All character data directly inside, CDATA included, joined, white space kept. */
  readonly text: string;
}

/**
 * Value of an attribute, or `undefined` when the element does not carry it.
 *
 * @param namespaceUri namespace of the attribute; left out, an attribute without a prefix is meant
 */
export function attributeOf(element: XmlElement, localName: string, namespaceUri = ''): string | undefined {
  for (const attribute of element.attributes) {
    if (attribute.localName === localName && attribute.namespaceUri === namespaceUri) return attribute.value;
  }
  return undefined;
}

/** First child with this name, or `undefined`. */
export function childOf(element: XmlElement, namespaceUri: string, localName: string): XmlElement | undefined {
  for (const child of element.children) {
    if (child.localName === localName && child.namespaceUri === namespaceUri) return child;
  }
  return undefined;
}

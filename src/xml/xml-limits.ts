/** Bounds on one document. Each is checked while reading, and reading stops there. */
export interface XmlLimits {
  /** Bytes of the encoded document, BOM included; characters for a document that arrives as a string. */
  readonly bytes: number;
  /** Elements open at once. The root is at depth 1. */
  readonly depth: number;
  /** Elements in the whole document. */
  readonly elements: number;
  /** Attributes on one element, namespace declarations not counted. */
  readonly attributes: number;
  /** Namespace declarations on one element. */
  readonly namespaceDeclarations: number;
  /** Characters of an element's or attribute's name, prefix included. */
  readonly nameLength: number;
  /** Characters of one attribute value, or of all character data directly inside one element. */
  readonly textLength: number;
  /** Ampersands in the document: every character and entity reference has one (those in CDATA count too). */
  readonly references: number;
}

/**
 * Defaults that every real message stays far below. `bytes` is only the last line of defence: whoever takes the bytes
 * from the network refuses more than MaxEnvelopeSizekb before they are here.
 */
const defaultXmlLimits: XmlLimits = {
  bytes: 8 * 1024 * 1024,
  depth: 100,
  elements: 100_000,
  attributes: 64,
  namespaceDeclarations: 64,
  nameLength: 1024,
  textLength: 2 * 1024 * 1024,
  references: 200_000,
};

/** The defaults with some of them replaced. */
export function xmlLimits(limits: Partial<XmlLimits> | undefined): XmlLimits {
  return limits === undefined ? defaultXmlLimits : { ...defaultXmlLimits, ...limits };
}

export interface XmlAttribute {
  readonly uri: string;
  readonly local: string;
  readonly value: string;
}

/** An element as an XML reader that shares nothing with the server sees it. */
export interface XmlNode {
  readonly uri: string;
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  readonly text: string;
  /** Prefixes in scope: what a QName in the content means. */
  readonly scope: Readonly<Record<string, string>>;
}

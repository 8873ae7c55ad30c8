import type { XmlNode } from './xml-node.js';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** Document element; undefined when the body is empty or not XML. */
  readonly root: XmlNode | undefined;
  /** Why there is no document element. */
  readonly problem: string | undefined;
  /** True when the connection had served a request before. */
  readonly reused: boolean;
}

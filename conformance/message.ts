/** What a case sends. */
export interface Message {
  readonly body: string | Uint8Array;
  /** MessageID in the body, when it has one. */
  readonly messageId?: string;
  /** HTTP header fields; they replace the usual ones of the same name, `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly method?: string;
  /** Path and query, instead of those of the URL under test. */
  readonly path?: string;
  /** Whose name goes along: the account under test (default), a wrong password, or nobody. */
  readonly credentials?: 'right' | 'wrong' | 'none';
  /** Send without Content-Length. */
  readonly chunked?: boolean;
}

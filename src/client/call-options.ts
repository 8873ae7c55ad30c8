import type { RequestOptions } from './message/request-envelope.js';
import type { ResourceUriFamily } from './message/resource-uri.js';

/** What can be said of a single call, in place of what the client's options say. */
export interface CallOptions {
  readonly resourceUriFamily?: ResourceUriFamily;
  /** `w:ResourceURI` in place of the class's own, and the namespace of what is sent: what PowerShell calls ResourceUri. */
  readonly resourceUri?: string;
  /** Milliseconds the server may take. */
  readonly operationTimeoutMs?: number;
  /** `w:Option` elements of the request; a list stands for one element each. */
  readonly options?: RequestOptions;
  /** Language of texts (`w:Locale`), as `de-DE`: what PowerShell calls UICulture. */
  readonly locale?: string;
  /** Language by which values are written (`p:DataLocale`): what PowerShell calls Culture. */
  readonly dataLocale?: string;
  readonly signal?: AbortSignal;
}

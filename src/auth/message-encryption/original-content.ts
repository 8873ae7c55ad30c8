import { EncryptedMessageError } from './encrypted-message-error.js';

/** What `OriginalContent` says of the message inside. */
export interface OriginalContent {
  readonly contentType: string;
  /** Bytes as encoded. */
  readonly length: number;
}

/** `type=application/soap+xml;charset=UTF-8;Length=1600`; the content type is all that stands between the first and the last word. */
const ORIGINAL_CONTENT = /^type=([^\s;=]+(?:;[^;]*)?);\s*length=(\d{1,9})$/i;

/** @throws EncryptedMessageError */
export function parseOriginalContent(value: string): OriginalContent {
  const [, contentType, digits] = ORIGINAL_CONTENT.exec(value) ?? [];
  if (contentType === undefined || digits === undefined)
    throw new EncryptedMessageError('OriginalContent is not type=…;charset=…;Length=…');
  return { contentType, length: Number(digits) };
}

export function writeOriginalContent({ contentType, length }: OriginalContent): string {
  return `type=${contentType};Length=${length}`;
}

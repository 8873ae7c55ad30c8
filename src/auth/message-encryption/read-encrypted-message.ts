import type { EncryptedContentType } from './encrypted-content-type.js';
import { EncryptedMessageError } from './encrypted-message-error.js';
import { parseOriginalContent } from './original-content.js';

/** A sealed message, taken out of its frame. All parts are views of the body. */
export interface EncryptedMessage {
  /** The `Content-Type` of the message inside, such as `application/soap+xml;charset=UTF-8`. */
  readonly contentType: string;
  /** How many bytes the message inside says to have, its byte order mark included. */
  readonly length: number;
  readonly token: Buffer;
  readonly sealed: Buffer;
  /** Whether the part headers began with a TAB. The answer should have them the same way, see `writeEncryptedMessage`. */
  readonly tabs: boolean;
}

/** All that stands before the sealed content; clients write some 250 bytes. */
const MAX_HEAD_BYTES = 512;
const MAX_END_BYTES = 128;
/** NTLM's token has 16 bytes, Kerberos' 60. */
const MAX_TOKEN_BYTES = 4096;

/**
 * Reads the frame around a sealed message (MS-WSMV 2.2.9.1.1.2). It is no MIME: part headers may begin with a TAB (as the
 * specification has them) or not (as Windows sends them), a boundary may have a blank after its dashes, there is no blank line before
 * the content, which is binary, holds anything, the boundary among it, and is cut by the lengths that are given.
 *
 * @throws EncryptedMessageError when anything is missing, doubled, left over, or of another length than it says
 */
export function readEncryptedMessage(body: Buffer, { protocol, boundary }: EncryptedContentType): EncryptedMessage {
  const head = new FrameHead(body.toString('latin1', 0, MAX_HEAD_BYTES), boundary);
  head.expectBoundary('the first part');
  const first = head.readHeaders(true);
  if (first.contentType !== protocol)
    throw new EncryptedMessageError('the first part is of another protocol than the message');
  const { contentType, length } = parseOriginalContent(first.originalContent);

  head.expectBoundary('the second part');
  if (head.readHeaders(false).contentType !== 'application/octet-stream')
    throw new EncryptedMessageError('the second part is not application/octet-stream');

  return { contentType, length, ...readSealedContent(body, head.at, length, boundary), tabs: head.tabs };
}

/** The lines before the sealed content, one after the other. */
class FrameHead {
  readonly #text: string;
  readonly #boundary: string;
  /** The place behind the lines that were read. */
  at = 0;
  /** Whether one of them began with a TAB. */
  tabs = false;

  constructor(text: string, boundary: string) {
    this.#text = text;
    this.#boundary = boundary;
  }

  #nextLine(): string {
    const end = this.#text.indexOf('\r\n', this.at);
    if (end < 0) throw new EncryptedMessageError('a line without end in the frame');
    const line = this.#text.slice(this.at, end);
    this.at = end + 2;
    return line;
  }

  expectBoundary(name: string): void {
    if (!isBoundary(this.#nextLine(), this.#boundary)) throw new EncryptedMessageError(`no boundary before ${name}`);
  }

  /** Up to the last of those that a part must have: what follows them is no header any more. */
  readHeaders(withOriginalContent: boolean): PartHeaders {
    let contentType: string | undefined;
    let originalContent: string | undefined;
    while (contentType === undefined || (withOriginalContent && originalContent === undefined)) {
      const line = this.#nextLine();
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
      const value = line.slice(colon + 1).trim();
      if (line.startsWith('\t')) this.tabs = true;
      if (name === 'content-type' && contentType === undefined) contentType = value;
      else if (name === 'originalcontent' && originalContent === undefined) originalContent = value;
      else throw new EncryptedMessageError('a part header that is none, is unknown, or comes twice');
    }
    return { contentType: contentType.toLowerCase(), originalContent: originalContent ?? '' };
  }
}

/** The second part's content, which goes to the end of the message: the signature with its length, and what is sealed. */
function readSealedContent(body: Buffer, from: number, length: number, boundary: string) {
  if (body.length - from < 4) throw new EncryptedMessageError('the sealed content is cut');
  const tokenLength = body.readUInt32LE(from);
  if (tokenLength === 0 || tokenLength > MAX_TOKEN_BYTES)
    throw new EncryptedMessageError(`a signature of ${tokenLength} bytes`);
  const tokenAt = from + 4;
  const sealedAt = tokenAt + tokenLength;
  const end = sealedAt + length;
  if (end > body.length) throw new EncryptedMessageError('the sealed content is shorter than it says');
  if (body.length - end > MAX_END_BYTES || !isClosing(body.toString('latin1', end), boundary))
    throw new EncryptedMessageError('the sealed content does not end where it says');
  return { token: body.subarray(tokenAt, sealedAt), sealed: body.subarray(sealedAt, end) };
}

interface PartHeaders {
  /** Lower case. */
  readonly contentType: string;
  readonly originalContent: string;
}

/** `--Encrypted Boundary`, or `-- Encrypted Boundary` as Exchange and the specification's example write it. */
function isBoundary(line: string, boundary: string): boolean {
  return line === `--${boundary}` || line === `-- ${boundary}`;
}

/** The last boundary and the end of its line, or two: OMI's server writes one too many. */
function isClosing(rest: string, boundary: string): boolean {
  const [, line = ''] = /^([^\r\n]*)--(?:\r\n){0,2}$/.exec(rest) ?? [];
  return isBoundary(line, boundary);
}

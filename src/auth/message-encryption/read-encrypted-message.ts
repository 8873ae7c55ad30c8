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

const MAX_LINE_BYTES = 512;
const MAX_HEADER_LINES = 8;
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
  let at = 0;
  let tabs = false;

  function nextLine(): string {
    const end = body.subarray(at, at + MAX_LINE_BYTES).indexOf('\r\n');
    if (end < 0) throw new EncryptedMessageError('a line without end in the frame');
    const line = body.toString('latin1', at, at + end);
    at += end + 2;
    return line;
  }

  function expectBoundary(line: string, name: string): void {
    if (!isBoundary(line, boundary)) throw new EncryptedMessageError(`no boundary before ${name}`);
  }

  function readHeaders(isLast: (name: string, headers: Map<string, string>) => boolean): Map<string, string> {
    const headers = new Map<string, string>();
    for (let count = 0; count < MAX_HEADER_LINES; count++) {
      const line = nextLine();
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
      if (name === '' || headers.has(name))
        throw new EncryptedMessageError('a part header that is none, or comes twice');
      tabs ||= line.startsWith('\t');
      headers.set(name, line.slice(colon + 1).trim());
      if (isLast(name, headers)) return headers;
    }
    throw new EncryptedMessageError('too many part headers');
  }

  expectBoundary(nextLine(), 'the first part');
  const first = readHeaders((_, headers) => headers.has('content-type') && headers.has('originalcontent'));
  if (first.get('content-type')?.toLowerCase() !== protocol)
    throw new EncryptedMessageError('the first part is of another protocol than the message');
  const original = parseOriginalContent(first.get('originalcontent') ?? '');

  expectBoundary(nextLine(), 'the second part');
  const second = readHeaders((name) => name === 'content-type');
  if (second.get('content-type')?.toLowerCase() !== 'application/octet-stream')
    throw new EncryptedMessageError('the second part is not application/octet-stream');

  if (body.length - at < 4) throw new EncryptedMessageError('the sealed content is cut');
  const tokenLength = body.readUInt32LE(at);
  at += 4;
  if (tokenLength === 0 || tokenLength > MAX_TOKEN_BYTES)
    throw new EncryptedMessageError(`a signature of ${tokenLength} bytes`);
  const end = at + tokenLength + original.length;
  if (end > body.length) throw new EncryptedMessageError('the sealed content is shorter than it says');
  const rest = body.toString('latin1', end, end + MAX_LINE_BYTES);
  if (body.length - end > MAX_LINE_BYTES || !isClosing(rest, boundary))
    throw new EncryptedMessageError('the sealed content does not end where it says');
  return {
    ...original,
    token: body.subarray(at, at + tokenLength),
    sealed: body.subarray(at + tokenLength, end),
    tabs,
  };
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

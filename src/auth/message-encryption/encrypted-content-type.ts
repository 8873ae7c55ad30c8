import { interned } from '../../strings/interned.js';
import { rememberByText } from '../../strings/remember-by-text.js';

/** The `Content-Type` of a message with sealed content (MS-WSMV 2.2.9.1). */
export interface EncryptedContentType {
  /** Lower case. */
  readonly protocol: string;
  readonly boundary: string;
}

/** The boundary that the specification demands and everybody uses. */
export const ENCRYPTED_BOUNDARY = 'Encrypted Boundary';

const MEDIA_TYPE = 'multipart/encrypted';
const MAX_LENGTH = 512;
/** RFC 2046 §5.1.1. */
const MAX_BOUNDARY_LENGTH = 70;
const PARAMETER = /^\s*([a-z]+)\s*=\s*(?:"([^"\\]*)"|([^\s";]+))\s*$/i;

/** Whether a message claims to be sealed; what it says in detail is {@link parseEncryptedContentType}'s to judge. */
export const isEncryptedContentType = rememberByText((value) => {
  return value.split(';', 1)[0]?.trim().toLowerCase() === MEDIA_TYPE;
});

/** @returns `undefined` when the value is not `multipart/encrypted` with a protocol and a boundary, each once */
export const parseEncryptedContentType = rememberByText(parse);

function parse(value: string): EncryptedContentType | undefined {
  if (value.length > MAX_LENGTH || !isEncryptedContentType(value)) return undefined;
  const parameters = new Map<string, string>();
  for (const part of value.split(';').slice(1)) {
    const match = PARAMETER.exec(part);
    const [, name = '', quoted, token = ''] = match ?? [];
    if (match === null || parameters.has(name.toLowerCase())) return undefined;
    parameters.set(name.toLowerCase(), quoted ?? token);
  }
  const protocol = parameters.get('protocol');
  const boundary = parameters.get('boundary');
  if (!protocol || !boundary || boundary.length > MAX_BOUNDARY_LENGTH) return undefined;
  return { protocol: interned(protocol.toLowerCase()), boundary: interned(boundary) };
}

/** The value that goes with what `writeEncryptedMessage` writes. */
export const writeEncryptedContentType = rememberByText((protocol) => {
  return interned(`${MEDIA_TYPE};protocol="${protocol}";boundary="${ENCRYPTED_BOUNDARY}"`);
});

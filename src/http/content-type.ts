import { rememberByText } from '../strings/remember-by-text.js';

/** The parts of a Content-Type that matter here; both lower case. */
export interface ContentType {
  readonly mediaType: string;
  /** Without its quotes. */
  readonly charset: string | undefined;
}

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

// A parameter is name=token or name="quoted", with blanks allowed around it: clients write `;charset=UTF-8`, `; charset=utf-8` and
// `; charset="utf-8"` (wire observations of winrm, libmi, pywinrm).
const CHARSET = /^\s*charset\s*=\s*(?:"([\w.:+-]*)"|([\w.:+-]+))\s*$/i;

/**
 * Reads a Content-Type (RFC 9110 §8.3.1).
 *
 * @returns `undefined` when it is not one
 */
export const parseContentType = rememberByText(parse, { entries: 64, length: 256 });

/** Whether it is one of a SOAP envelope; WS-Management's is the first (DSP0226 §9), some clients send the other. */
export function isSoap({ mediaType }: ContentType): boolean {
  return mediaType === 'application/soap+xml' || mediaType === 'text/xml';
}

function parse(value: string): ContentType | undefined {
  // Quoted strings with a semicolon occur in no type that is accepted, so a plain split will do.
  const [type = '', ...parameters] = value.split(';');
  const mediaType = type.trim().toLowerCase();
  if (!MEDIA_TYPE.test(mediaType)) return undefined;
  for (const parameter of parameters) {
    const match = CHARSET.exec(parameter);
    const charset = match?.[1] ?? match?.[2];
    if (charset !== undefined && charset !== '') return { mediaType, charset: charset.toLowerCase() };
  }
  return { mediaType, charset: undefined };
}

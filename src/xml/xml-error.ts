import type { XmlLimits } from './xml-limits.js';

/**
 * What is wrong with a document:
 * - `charset`: the bytes are not in the character set they should be in, or that set is not supported;
 * - `not-well-formed`: not XML 1.0 with namespaces;
 * - `undeclared-prefix`: a name has a prefix that nobody declared;
 * - `doctype`: it has a document type declaration, which SOAP 1.2 §5 forbids and we never read;
 * - `limit`: it is larger than an {@link XmlLimits} value allows.
 */
export type XmlErrorCode = 'charset' | 'not-well-formed' | 'undeclared-prefix' | 'doctype' | 'limit';

interface XmlErrorDetails {
  readonly line?: number;
  readonly column?: number;
  readonly limit?: keyof XmlLimits;
}

/** A document that cannot be read. The message is fit to be shown to the peer that sent it. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  readonly code: XmlErrorCode;
  /** Line where reading stopped, from 1, when known. */
  readonly line: number | undefined;
  /** Column where reading stopped, from 1, when known. */
  readonly column: number | undefined;
  /** Which limit was passed, for code `limit`. */
  readonly limit: keyof XmlLimits | undefined;

  constructor(code: XmlErrorCode, message: string, details: XmlErrorDetails = {}) {
    super(message);
    this.code = code;
    this.line = details.line;
    this.column = details.column;
    this.limit = details.limit;
  }
}

const limitNames: Readonly<Record<keyof XmlLimits, string>> = {
  bytes: 'bytes',
  depth: 'levels of nested elements',
  elements: 'elements',
  attributes: 'attributes on one element',
  namespaceDeclarations: 'namespace declarations on one element',
  nameLength: 'characters in a name',
  textLength: 'characters of text in one element or attribute',
  references: 'character and entity references',
};

/** The error for a document that passes `limit`, whose value is `allowed`. */
export function limitError(limit: keyof XmlLimits, allowed: number): XmlError {
  return new XmlError('limit', `The XML document has more than ${allowed} ${limitNames[limit]}.`, { limit });
}

/** The longest name that is quoted in an error. */
const NAME_LENGTH = 100;

/** The error for a name with a prefix that nobody declared. Windows says "an undefined XML namespace"; so do these words. */
export function undeclaredPrefix({ text, prefix }: { readonly text: string; readonly prefix: string }): XmlError {
  const name = text.length > NAME_LENGTH ? `${text.slice(0, NAME_LENGTH)}…` : text;
  const of = prefix.length > NAME_LENGTH ? 'its prefix' : `the prefix ${prefix}`;
  return new XmlError(
    'undeclared-prefix',
    `The XML uses an undefined XML namespace: ${of} of ${name} is not declared.`,
  );
}

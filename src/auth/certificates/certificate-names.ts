import { type DerReader, DerTag, readDer } from '../der/der-reader.js';
import { readObjectIdentifier } from '../der/object-identifier.js';

/** By which names a certificate calls its owner. */
export interface CertificateNames {
  /** The subject's common names, in the order they are written. */
  readonly commonNames: readonly string[];
  /** User principal names (`user@domain`) among the alternative names: how Windows' authorities name users. */
  readonly principalNames: readonly string[];
}

const COMMON_NAME = '2.5.4.3';
const SUBJECT_ALT_NAME = '2.5.29.17';
/** Microsoft's szOID_NT_PRINCIPAL_NAME. */
const PRINCIPAL_NAME = '1.3.6.1.4.1.311.20.2.3';

const UTF8_STRING = 0x0c;
/** Strings of one byte per character: PrintableString, TeletexString, IA5String. */
const BYTE_STRINGS: readonly number[] = [0x13, 0x14, 0x16];
const BMP_STRING = 0x1e;

/**
 * Reads the names out of a certificate (RFC 5280 §4.1). Its text form is not used: a name may be written so that it looks like two
 * there (CVE-2021-44532).
 *
 * @param certificate DER
 * @throws MalformedTokenError when it is no certificate
 */
export function readCertificateNames(certificate: Buffer): CertificateNames {
  const fields = readDer(
    readDer(readDer(certificate).expect(DerTag.sequence, 'Certificate').content).expect(
      DerTag.sequence,
      'tbsCertificate',
    ).content,
  );
  fields.optional(DerTag.context(0));
  fields.next(); // serialNumber
  for (const name of ['signature', 'issuer', 'validity']) fields.expect(DerTag.sequence, name);
  const subject = fields.expect(DerTag.sequence, 'subject');
  fields.expect(DerTag.sequence, 'subjectPublicKeyInfo');
  return { commonNames: commonNamesOf(subject.content), principalNames: principalNamesOf(fields) };
}

/** RDNSequence ::= SEQUENCE OF SET OF SEQUENCE { type, value } (RFC 5280 §4.1.2.4). */
function commonNamesOf(subject: Buffer): string[] {
  return elementsOf(subject)
    .flatMap((set) => elementsOf(set.content))
    .flatMap((pair) => {
      const attribute = readDer(pair.content);
      const type = readObjectIdentifier(attribute.expect(DerTag.objectIdentifier, 'attribute type').content);
      return type === COMMON_NAME ? textOf(attribute.next()) : [];
    });
}

/** The extensions stand last, behind two identifiers that nobody writes any more (RFC 5280 §4.1.2.8, §4.1.2.9). */
function principalNamesOf(fields: DerReader): string[] {
  while (!fields.atEnd()) {
    const field = fields.next();
    if (field.tag !== DerTag.context(3)) continue;
    const extensions = readDer(field.content).expect(DerTag.sequence, 'extensions');
    return elementsOf(extensions.content).flatMap((extension) => {
      const parts = readDer(extension.content);
      const id = readObjectIdentifier(parts.expect(DerTag.objectIdentifier, 'extension').content);
      if (id !== SUBJECT_ALT_NAME) return [];
      parts.optional(DerTag.boolean);
      const names = readDer(parts.expect(DerTag.octetString, 'subjectAltName').content);
      return elementsOf(names.expect(DerTag.sequence, 'GeneralNames').content).flatMap(principalNameOf);
    });
  }
  return [];
}

/** otherName [0] { type-id, value [0] EXPLICIT } (RFC 5280 §4.2.1.6). */
function principalNameOf({ tag, content }: { readonly tag: number; readonly content: Buffer }): string[] {
  if (tag !== DerTag.context(0)) return [];
  const parts = readDer(content);
  const type = readObjectIdentifier(parts.expect(DerTag.objectIdentifier, 'otherName').content);
  if (type !== PRINCIPAL_NAME) return [];
  return textOf(readDer(parts.expect(DerTag.context(0), 'otherName').content).next());
}

function elementsOf(content: Buffer) {
  const reader = readDer(content);
  const elements = [];
  while (!reader.atEnd()) elements.push(reader.next());
  return elements;
}

/** A string in any of the types that names are written in; none when it cannot be read, or holds what no name does. */
function textOf({ tag, content }: { readonly tag: number; readonly content: Buffer }): string[] {
  const text = decode(tag, content);
  return text === undefined || text === '' || /[\p{Cc}\ufffd]/u.test(text) ? [] : [text];
}

function decode(tag: number, content: Buffer): string | undefined {
  if (tag === UTF8_STRING) return content.toString('utf8');
  if (BYTE_STRINGS.includes(tag)) return content.toString('latin1');
  if (tag !== BMP_STRING || content.length % 2 !== 0) return undefined;
  return Buffer.from(content).swap16().toString('utf16le');
}

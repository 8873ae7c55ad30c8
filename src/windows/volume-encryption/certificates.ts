import { X509Certificate } from 'node:crypto';
import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { isCimArray } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { contentOf } from '../files/file-contents.js';
import { parseFilePath } from '../files/file-path.js';
import { findFile } from '../files/file-rows.js';
import type { MachineReader } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { findValue, subkeyNames } from '../registry/registry.js';
import { FveCode, VolumeType } from './encryption-code.js';
import { policyNumber, policyText, typePolicy } from './group-policy.js';

/** Where Windows keeps the certificates of the computer: a key of its thumbprint for each, with a value `Blob`. */
export const CERTIFICATES_KEY = 'HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\MY\\Certificates';
/** Properties of a certificate in such a value (MS-GPEF 2.2.1.2.3): where its private key is, and the certificate itself. */
const Property = { privateKey: 2, certificate: 32 } as const;
/** What a certificate is for, if it is for BitLocker and nobody has configured anything else. */
const BITLOCKER_OID = '1.3.6.1.4.1.311.67.1.1';

/** A certificate as BitLocker looks at it. */
export interface Certificate {
  /** SHA-1 in hexadecimal, in capital letters. */
  readonly thumbprint: string;
  readonly subject: string;
  /** Object identifiers of what it is for; undefined when it is for anything. */
  readonly usages: readonly string[] | undefined;
  readonly isSelfSigned: boolean;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: readonly number[];
  /** Whether the computer has its private key. */
  readonly hasPrivateKey: boolean;
}

/** A certificate in DER or base64; undefined when the bytes are none. */
export function readCertificate(bytes: readonly number[], hasPrivateKey = false): Certificate | undefined {
  try {
    const read = new X509Certificate(Buffer.from(bytes));
    return {
      thumbprint: read.fingerprint.replaceAll(':', ''),
      subject: read.subject.replaceAll('\n', ', '),
      usages: read.keyUsage as readonly string[] | undefined,
      isSelfSigned: read.subject === read.issuer,
      publicKey: [...read.publicKey.export({ type: 'spki', format: 'der' })],
      hasPrivateKey,
    };
  } catch {
    return undefined;
  }
}

/** The properties of a certificate as the registry has it: each an identifier, an encoding, a length, and so many bytes. */
function propertiesOf(blob: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const [data, found] = [Buffer.from(blob), new Map<number, readonly number[]>()];
  for (let at = 0; at + 12 <= data.length; ) {
    const length = data.readUInt32LE(at + 8);
    found.set(data.readUInt32LE(at), blob.slice(at + 12, at + 12 + length));
    at += 12 + length;
  }
  return found;
}

/** A certificate of the computer by its thumbprint. */
export async function findCertificate(store: InstanceReader, thumbprint: string): Promise<Certificate | undefined> {
  const data = (await findValue(store, `${CERTIFICATES_KEY}\\${thumbprint}`, 'Blob'))?.data ?? null;
  const properties = propertiesOf(isCimArray(data) ? data.map(Number) : []);
  const bytes = properties.get(Property.certificate);
  return bytes && readCertificate(bytes, properties.has(Property.privateKey));
}

/** The certificates of the computer that are for BitLocker. @throws MethodRefusal invalidBitLockerOid */
export async function bitLockerCertificates(store: InstanceReader): Promise<readonly Certificate[]> {
  const oid = await bitLockerOid(store);
  const found: Certificate[] = [];
  for (const name of await subkeyNames(store, CERTIFICATES_KEY)) {
    const one = await findCertificate(store, name);
    if (one?.usages?.includes(oid)) found.push(one);
  }
  return found;
}

/** What certificates are to be for. @throws MethodRefusal invalidBitLockerOid */
async function bitLockerOid(store: InstanceReader): Promise<string> {
  const configured = await policyText(store, 'CertificateOID');
  if (configured !== undefined && !/^[0-2](\.\d+)+$/.test(configured))
    throw new MethodRefusal(FveCode.invalidBitLockerOid, `CertificateOID '${configured}' is no object identifier`);
  return configured ?? BITLOCKER_OID;
}

/**
 * The certificate in a file of a drive.
 *
 * @throws MethodRefusal fileNotFound; invalidData when there is none in it
 */
export async function certificateInFile(machine: MachineReader, name: unknown): Promise<Certificate> {
  const at = typeof name === 'string' ? parseFilePath(name) : undefined;
  const file = at && (await findFile(machine, at.name));
  if (!at || !file) throw new MethodRefusal(FveCode.fileNotFound, 'FileName names no file of the computer');
  const certificate = readCertificate((await contentOf(machine.store, at.name)) ?? []);
  if (!certificate) throw new MethodRefusal(FveCode.invalidData, `there is no certificate in ${at.name}`);
  return certificate;
}

/** Whether a certificate may protect a volume of a type. @throws MethodRefusal */
export async function checkCertificate(store: InstanceReader, certificate: Certificate, type: number): Promise<void> {
  const { usages, isSelfSigned } = certificate;
  const oid = await bitLockerOid(store);
  if (usages && !usages.includes(oid))
    throw new MethodRefusal(FveCode.invalidBitLockerOid, `the certificate is not for ${oid}`);
  if (type === VolumeType.system || (await typePolicy(store, type, 'AllowUserCert')) === 0)
    throw new MethodRefusal(FveCode.userCertificateNotAllowed, 'no certificate may protect volumes of this type');
  if ((await typePolicy(store, type, 'EnforceUserCert')) === 1)
    throw new MethodRefusal(FveCode.userCertificateMustBeHardware, 'group policy wants a smart card');
  if (isSelfSigned && (await policyNumber(store, 'SelfSignedCertificates')) === 0)
    throw new MethodRefusal(FveCode.selfSignedProhibited, 'group policy takes no certificate that signed itself');
}

/** Of the certificate that a call names by its thumbprint; `0` stands for the only one for BitLocker. */
export async function thumbprintOf(store: InstanceReader, given: unknown): Promise<string> {
  const text = typeof given === 'string' ? given.replaceAll(' ', '') : '';
  if (!/^0+$/.test(text)) return text;
  const found = await bitLockerCertificates(store);
  const [only] = found;
  if (only && found.length === 1) return only.thumbprint;
  throw new MethodRefusal(FveCode.failedAuthentication, `${found.length} certificates are for BitLocker, and not one`);
}

export function isSameThumbprint(one: string | undefined, other: string): boolean {
  return one !== undefined && sameName(one, other);
}

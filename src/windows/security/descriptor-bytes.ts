import type { DescriptorEntry, DescriptorParts } from './descriptor-parts.js';
import { AceType, Control } from './descriptor-parts.js';
import { sidBytes, sidText } from './sid.js';

/** Lengths of what stands before the parts, before the entries of a list, and before the security identifier of an entry. */
const [HEADER, LIST_HEADER, ENTRY_HEADER] = [20, 8, 8];
/** A list says in 16 bits how long it is. */
const LONGEST_LIST = 0xffff;

/** The bytes of a self-relative descriptor (MS-DTYP 2.4.6). @returns undefined where a list would be too long, or a SID is none */
export function descriptorBytes(parts: DescriptorParts): readonly number[] | undefined {
  const { control, owner, group, dacl, sacl } = parts;
  const pieces = [
    owner === undefined ? [] : sidBytes(owner),
    group === undefined ? [] : sidBytes(group),
    sacl === undefined ? [] : listBytes(sacl),
    dacl === undefined ? [] : listBytes(dacl),
  ];
  if (!pieces.every((piece) => piece !== undefined)) return undefined;
  const offsets: number[] = [];
  let end = HEADER;
  for (const piece of pieces) {
    offsets.push(piece.length === 0 ? 0 : end);
    end += piece.length;
  }
  return [1, 0, ...littleEndian(control, 2), ...offsets.flatMap((at) => littleEndian(at, 4)), ...pieces.flat()];
}

function listBytes(entries: readonly DescriptorEntry[]): readonly number[] | undefined {
  const written = entries.map(entryBytes);
  if (!written.every((one) => one !== undefined)) return undefined;
  const body = written.flat();
  const size = LIST_HEADER + body.length;
  if (size > LONGEST_LIST) return undefined;
  return [2, 0, ...littleEndian(size, 2), ...littleEndian(entries.length, 2), 0, 0, ...body];
}

function entryBytes({ type, flags, accessMask, sid }: DescriptorEntry): readonly number[] | undefined {
  const bytes = sidBytes(sid);
  if (bytes === undefined) return undefined;
  return [type, flags, ...littleEndian(ENTRY_HEADER + bytes.length, 2), ...littleEndian(accessMask, 4), ...bytes];
}

function littleEndian(value: number, length: number): readonly number[] {
  return Array.from({ length }, (_, at) => (value >>> (8 * at)) & 0xff);
}

/** The parts of a self-relative descriptor. @returns undefined when the bytes are none, or have an entry of a kind that is not known */
export function readDescriptor(bytes: readonly number[]): DescriptorParts | undefined {
  const data = new DataView(Uint8Array.from(bytes).buffer);
  if (data.byteLength < HEADER || data.getUint8(0) !== 1) return undefined;
  const control = data.getUint16(2, true);
  if ((control & Control.selfRelative) === 0) return undefined;
  const [ownerAt, groupAt, saclAt, daclAt] = [4, 8, 12, 16].map((at) => data.getUint32(at, true));
  const [owner, group] = [readSid(bytes, ownerAt), readSid(bytes, groupAt)];
  const dacl = (control & Control.daclPresent) === 0 ? undefined : readList(bytes, data, daclAt);
  const sacl = (control & Control.saclPresent) === 0 ? undefined : readList(bytes, data, saclAt);
  if (owner === 'wrong' || group === 'wrong' || dacl === 'wrong' || sacl === 'wrong') return undefined;
  return { control, owner, group, dacl, sacl };
}

function readSid(bytes: readonly number[], at = 0): string | undefined | 'wrong' {
  if (at === 0) return undefined;
  const length = 8 + 4 * (bytes[at + 1] ?? 0);
  return sidText(bytes.slice(at, at + length)) ?? 'wrong';
}

/** @returns undefined for a list that is not there */
function readList(
  bytes: readonly number[],
  data: DataView,
  start = 0,
): readonly DescriptorEntry[] | undefined | 'wrong' {
  if (start === 0) return undefined;
  if (start + LIST_HEADER > data.byteLength) return 'wrong';
  const end = start + data.getUint16(start + 2, true);
  const count = data.getUint16(start + 4, true);
  if (end > data.byteLength) return 'wrong';
  const entries: DescriptorEntry[] = [];
  let at = start + LIST_HEADER;
  while (entries.length < count) {
    const entry = readEntry(bytes, data, at, end);
    if (entry === undefined) return 'wrong';
    entries.push(entry);
    at += data.getUint16(at + 2, true);
  }
  return entries;
}

function readEntry(bytes: readonly number[], data: DataView, at: number, end: number): DescriptorEntry | undefined {
  if (at + ENTRY_HEADER > end) return undefined;
  const [type, size] = [data.getUint8(at), data.getUint16(at + 2, true)];
  const sid = readSid(bytes, at + ENTRY_HEADER);
  if (sid === undefined || sid === 'wrong' || type > AceType.audited) return undefined;
  const isWhole = size >= ENTRY_HEADER + (sidBytes(sid)?.length ?? 0) && at + size <= end;
  if (!isWhole) return undefined;
  return { type, flags: data.getUint8(at + 1), accessMask: data.getUint32(at + 4, true), sid };
}

/** Milliseconds from 1601-01-01 to 1970-01-01. */
const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n;
const TICKS_PER_MS = 10_000n;

/** A time as FILETIME (MS-DTYP 2.3.3): 100 ns ticks since 1601, 8 bytes little-endian. */
export function writeFileTime(date: Date): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(date.getTime()) + EPOCH_DIFFERENCE_MS) * TICKS_PER_MS);
  return bytes;
}

/** Milliseconds since 1970 of a FILETIME; any eight bytes give a number. */
export function readFileTime(bytes: Buffer): number {
  return Number(bytes.readBigUInt64LE(0) / TICKS_PER_MS - EPOCH_DIFFERENCE_MS);
}

import { MalformedTokenError } from '../malformed-token-error.js';

/** The ids of AV_PAIR (MS-NLMP 2.2.2.1). */
export const AvId = {
  eol: 0,
  nbComputerName: 1,
  nbDomainName: 2,
  dnsComputerName: 3,
  dnsDomainName: 4,
  flags: 6,
  timestamp: 7,
  targetName: 9,
  channelBindings: 10,
} as const;

/** In the value of {@link AvId.flags}: the AUTHENTICATE message has a MIC. */
export const AV_FLAG_MIC = 0x2;

/** Values by id. */
export type AvPairs = ReadonlyMap<number, Buffer>;

/**
 * Reads a list of AV_PAIRs up to its end mark; what comes after it is padding. An id that comes twice is refused: two readers could
 * each believe another one.
 *
 * @throws MalformedTokenError
 */
export function readAvPairs(bytes: Buffer): AvPairs {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= bytes.length; ) {
    const id = bytes.readUInt16LE(at);
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) throw new MalformedTokenError(`the AV pair ${id} is cut`);
    if (id === AvId.eol) {
      if (end !== at + 4) throw new MalformedTokenError('the end mark of the AV pairs has a value');
      return pairs;
    }
    if (pairs.has(id)) throw new MalformedTokenError(`the AV pair ${id} comes twice`);
    checkLength(id, end - at - 4);
    pairs.set(id, bytes.subarray(at + 4, end));
    at = end;
  }
  throw new MalformedTokenError('the AV pairs have no end mark');
}

/** Writes pairs in the order given, and the end mark. */
export function writeAvPairs(pairs: Iterable<readonly [id: number, value: Buffer]>): Buffer {
  const parts: Buffer[] = [];
  for (const [id, value] of [...pairs, [AvId.eol, Buffer.alloc(0)] as const]) {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    parts.push(head, value);
  }
  return Buffer.concat(parts);
}

/** The value of {@link AvId.flags}; 0 when it is not there. */
export function avFlagsOf(pairs: AvPairs): number {
  return pairs.get(AvId.flags)?.readUInt32LE(0) ?? 0;
}

const FIXED_LENGTHS: ReadonlyMap<number, number> = new Map([
  [AvId.flags, 4],
  [AvId.timestamp, 8],
  [AvId.channelBindings, 16],
]);

function checkLength(id: number, length: number): void {
  const expected = FIXED_LENGTHS.get(id);
  if (expected !== undefined && length !== expected)
    throw new MalformedTokenError(`the AV pair ${id} has ${length} bytes, not ${expected}`);
}

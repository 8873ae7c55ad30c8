import { MalformedTokenError } from '../malformed-token-error.js';

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');

/** What a message says it is (MS-NLMP 2.2.1). */
export const MessageType = { negotiate: 1, challenge: 2, authenticate: 3 } as const;
export type MessageType = (typeof MessageType)[keyof typeof MessageType];

/** The longest message that is read. Real ones stay below 2 KiB; 16-bit lengths would allow 400 KiB. */
const MAX_MESSAGE_BYTES = 16_384;

/** The type of an NTLM message, or `undefined` when the bytes are none. */
export function messageTypeOf(bytes: Buffer): number | undefined {
  const isNtlm = bytes.length >= 12 && bytes.subarray(0, 8).equals(SIGNATURE);
  return isNtlm ? bytes.readUInt32LE(8) : undefined;
}

/** The first twelve bytes of a message. */
export function messageStart(type: MessageType): Buffer {
  const start = Buffer.alloc(12);
  start.set(SIGNATURE);
  start.writeUInt32LE(type, 8);
  return start;
}

/** Reads the variable parts of one message. */
export interface FieldReader {
  /**
   * The bytes that the descriptor (length, maximum, offset; MS-NLMP 2.2.1) at a position points to. Where the length is zero the
   * offset is not looked at: clients write there what they like.
   *
   * @throws MalformedTokenError when they lie outside of the payload or on another field's bytes
   */
  field(at: number, name: string): Buffer;
  /** Where the first field that was read begins; the message's length when none was. */
  payloadStart(): number;
}

/**
 * Opens a message after checking that it is of the type and has its fixed part.
 *
 * @param fixedBytes where the payload may begin at the earliest
 * @throws MalformedTokenError
 */
export function openMessage(message: Buffer, type: MessageType, fixedBytes: number): FieldReader {
  if (message.length > MAX_MESSAGE_BYTES)
    throw new MalformedTokenError(`an NTLM message of ${message.length} bytes, more than ${MAX_MESSAGE_BYTES}`);
  if (messageTypeOf(message) !== type) throw new MalformedTokenError(`not an NTLM message of type ${type}`);
  if (message.length < fixedBytes) throw new MalformedTokenError(`an NTLM message cut at ${message.length} bytes`);
  const taken: { start: number; end: number }[] = [];

  return {
    field(at, name) {
      const length = message.readUInt16LE(at);
      if (length === 0) return message.subarray(0, 0);
      const start = message.readUInt32LE(at + 4);
      const end = start + length;
      if (start < fixedBytes || end > message.length)
        throw new MalformedTokenError(`the field ${name} lies outside of the message`);
      if (taken.some((other) => start < other.end && other.start < end))
        throw new MalformedTokenError(`the field ${name} overlaps another one`);
      taken.push({ start, end });
      return message.subarray(start, end);
    },
    payloadStart: () => Math.min(message.length, ...taken.map(({ start }) => start)),
  };
}

/**
 * Writes descriptors into the fixed part of a message and appends the values in the order given.
 *
 * @param fixed the fixed part; changed in place
 */
export function appendFields(
  fixed: Buffer,
  fields: readonly { readonly at: number; readonly value: Buffer }[],
): Buffer {
  let offset = fixed.length;
  for (const { at, value } of fields) {
    fixed.writeUInt16LE(value.length, at);
    fixed.writeUInt16LE(value.length, at + 2);
    fixed.writeUInt32LE(offset, at + 4);
    offset += value.length;
  }
  return Buffer.concat([fixed, ...fields.map(({ value }) => value)]);
}

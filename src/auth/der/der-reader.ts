import { MalformedTokenError } from '../malformed-token-error.js';

/** One element of DER: its tag, its content, and both with the length between them. */
export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
  readonly whole: Buffer;
}

/** Reads the elements that stand one after another in some bytes. It never goes down by itself, so nothing can nest too deeply. */
export interface DerReader {
  /** Whether nothing is left. */
  atEnd(): boolean;
  /** The next element, whatever it is. @throws MalformedTokenError when it is cut, or there is none */
  next(): DerElement;
  /** The next element, which must have the tag. @throws MalformedTokenError */
  expect(tag: number, name: string): DerElement;
  /** The next element if it has the tag, else nothing is read. @throws MalformedTokenError when it is cut */
  optional(tag: number): DerElement | undefined;
  /** @throws MalformedTokenError when anything is left */
  end(name: string): void;
}

/** Tags used here (X.690 §8.1.2). */
export const DerTag = {
  boolean: 0x01,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
  /** `[n]`, constructed. */
  context: (n: number): number => 0xa0 + n,
  /** `[APPLICATION 0]`, constructed. */
  application0: 0x60,
} as const;

/** Opens bytes for reading. Lengths may be written longer than DER allows, as some clients do; never the indefinite form. */
export function readDer(bytes: Buffer): DerReader {
  let at = 0;

  function next(): DerElement {
    const start = at;
    const tag = byteAt(at++);
    // A number above 30 takes more bytes (X.690 §8.1.2.4); nothing here has one.
    if ((tag & 0x1f) === 0x1f) throw new MalformedTokenError('an ASN.1 tag of several bytes');
    const length = readLength();
    if (length > bytes.length - at) throw new MalformedTokenError('an ASN.1 element is longer than what it is in');
    at += length;
    return { tag, content: bytes.subarray(at - length, at), whole: bytes.subarray(start, at) };
  }

  function readLength(): number {
    const first = byteAt(at++);
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new MalformedTokenError('an ASN.1 length that is indefinite or huge');
    let length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + byteAt(at++);
    return length;
  }

  function byteAt(position: number): number {
    const byte = bytes[position];
    if (byte === undefined) throw new MalformedTokenError('an ASN.1 element is cut');
    return byte;
  }

  return {
    atEnd: () => at >= bytes.length,
    next,
    expect(tag, name) {
      const element = next();
      if (element.tag === tag) return element;
      throw new MalformedTokenError(
        `${name}: ASN.1 tag 0x${element.tag.toString(16)} in place of 0x${tag.toString(16)}`,
      );
    },
    optional: (tag) => (bytes[at] === tag ? next() : undefined),
    end(name) {
      if (at < bytes.length) throw new MalformedTokenError(`${name}: something follows its end`);
    },
  };
}

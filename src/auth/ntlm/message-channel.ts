import { timingSafeEqual } from 'node:crypto';
import { MessageSecurityError, type SealedMessage } from '../message-encryption/message-security.js';
import { hmacMd5 } from './hmac-md5.js';
import { createRc4, type Rc4 } from './rc4.js';
import type { DirectionKeys } from './session-keys.js';

/** Length of NTLMSSP_MESSAGE_SIGNATURE (MS-NLMP 2.2.2.9). */
const SIGNATURE_BYTES = 16;
const VERSION = 1;
const CHECKSUM_BYTES = 8;

/** The messages that go one way: their keys, their place in the key stream, and how many there were. */
export interface MessageChannel {
  /**
   * The signature of the list of mechanisms. It takes a sequence number, but no key stream: the first message finds the stream at its
   * beginning (MS-SPNG 3.2.5.1, 3.3.5.1). To be asked for before any message.
   */
  signMechList(mechList: Uint8Array): Buffer;
  /** MS-NLMP 3.4.3, SEAL. */
  seal(message: Uint8Array): SealedMessage;
  /**
   * Opens a message in its place.
   *
   * @throws MessageSecurityError when the message is not the next one of the peer, unchanged; from then on always
   */
  unseal<T extends Uint8Array>(signature: Uint8Array, sealed: T): T;
  /** {@link MessageChannel.seal} in steps, each of which takes a millisecond or two. Until it is done, nothing else may be sealed. */
  sealInSteps(message: Uint8Array): Generator<void, SealedMessage, void>;
  /** {@link MessageChannel.unseal} in steps, likewise. */
  unsealInSteps<T extends Uint8Array>(signature: Uint8Array, sealed: T): Generator<void, T, void>;
}

/** Bytes that go through the key stream in one step. */
const STEP_BYTES = 128 * 1024;

/**
 * @param keyExchange whether a session key was exchanged, which decides whether checksums are encrypted (MS-NLMP 3.4.4.2)
 */
export function createMessageChannel(keys: DirectionKeys, keyExchange: boolean): MessageChannel {
  const stream = createRc4(keys.seal);
  let sequence = 0;
  let broken = false;

  function nextSignature(message: Uint8Array, cipher: Rc4): Buffer {
    // One piece of the pool in place of three buffers of their own: they are made for every message.
    const signature = Buffer.allocUnsafe(SIGNATURE_BYTES);
    signature.writeUInt32LE(VERSION);
    signature.writeUInt32LE(sequence, 4 + CHECKSUM_BYTES);
    sequence = (sequence + 1) >>> 0;
    const checksum = hmacMd5(keys.sign, signature.subarray(4 + CHECKSUM_BYTES), message).subarray(0, CHECKSUM_BYTES);
    if (keyExchange) cipher.apply(checksum);
    signature.set(checksum, 4);
    return signature;
  }

  function* applyInSteps(data: Uint8Array): Generator<void, void, void> {
    for (let at = 0; at < data.length; at += STEP_BYTES) {
      stream.apply(data.subarray(at, at + STEP_BYTES));
      yield;
    }
  }

  function refuseAfterBreak(): void {
    if (broken) throw new MessageSecurityError('an earlier message was refused');
  }

  /** The message, when it is what the peer signed. */
  function checked<T extends Uint8Array>(signature: Uint8Array, message: T): T {
    const expectedNumber = sequence;
    const expected = nextSignature(message, stream);
    if (signature.length === SIGNATURE_BYTES && timingSafeEqual(signature, expected)) return message;
    // The key stream has moved on without the peer: nothing that follows could be read.
    broken = true;
    throw new MessageSecurityError(problemOf(signature, expectedNumber));
  }

  return {
    signMechList: (mechList) => nextSignature(mechList, createRc4(keys.seal)),

    seal(message) {
      const sealed = Buffer.from(message);
      stream.apply(sealed);
      return { token: nextSignature(message, stream), sealed };
    },

    *sealInSteps(message) {
      const sealed = Buffer.from(message);
      yield* applyInSteps(sealed);
      return { token: nextSignature(message, stream), sealed };
    },

    unseal(signature, sealed) {
      refuseAfterBreak();
      stream.apply(sealed);
      return checked(signature, sealed);
    },

    *unsealInSteps(signature, sealed) {
      refuseAfterBreak();
      yield* applyInSteps(sealed);
      return checked(signature, sealed);
    },
  };
}

/** Told for the log: the number is not secret, and says whether a message was replayed, left out, or changed. */
function problemOf(signature: Uint8Array, expected: number): string {
  if (signature.length !== SIGNATURE_BYTES) return `a signature of ${signature.length} bytes`;
  const number = Buffer.from(signature).readUInt32LE(4 + CHECKSUM_BYTES);
  if (number < expected) return `a replayed message: number ${number} where ${expected} is next`;
  if (number > expected) return `a message is missing: number ${number} where ${expected} is next`;
  return 'the message was changed on the way, or sealed with another key';
}

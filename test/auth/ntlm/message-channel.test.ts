import { describe, expect, it } from 'vitest';
import { MessageSecurityError } from '../../../src/auth/message-encryption/message-security.js';
import { createMessageChannel, type MessageChannel } from '../../../src/auth/ntlm/message-channel.js';

const keys = { sign: Buffer.alloc(16, 3), seal: Buffer.alloc(16, 9) };
const channel = () => createMessageChannel(keys, true);
const message = (length: number) => Buffer.from(Array.from({ length }, (_, n) => n % 251));

function run<T>(steps: Generator<void, T, void>): { readonly value: T; readonly count: number } {
  for (let count = 0; ; count++) {
    const { done, value } = steps.next();
    if (done) return { value, count };
  }
}

describe('a channel of sealed messages', () => {
  it.each([0, 1, 5_000, 600_000])('seals and opens %i bytes in steps as at once, and goes on from there', (length) => {
    const [one, other, peer] = [channel(), channel(), channel()];
    for (const _ of [1, 2]) {
      const atOnce = one.seal(message(length));
      const { value: inSteps, count } = run(other.sealInSteps(message(length)));
      expect(inSteps).toEqual(atOnce);
      expect(count).toBe(Math.ceil(length / (128 * 1024)));
      const opened = run(peer.unsealInSteps(inSteps.token, Buffer.from(inSteps.sealed)));
      expect(Buffer.compare(opened.value, message(length))).toBe(0);
    }
    const { token, sealed } = one.seal(message(10));
    expect(peer.unseal(token, Buffer.from(sealed))).toEqual(message(10));
  });

  it.each([
    ['at once', (peer: MessageChannel, token: Uint8Array, sealed: Buffer) => peer.unseal(token, sealed)],
    ['in steps', (peer: MessageChannel, token: Uint8Array, sealed: Buffer) => run(peer.unsealInSteps(token, sealed))],
  ])('opens nothing after a message that was changed, %s', (_, unseal) => {
    const [sender, peer] = [channel(), channel()];
    const { token, sealed } = sender.seal(message(300_000));
    const changed = Buffer.from(sealed);
    changed[7] = (changed[7] ?? 0) ^ 1;
    expect(() => unseal(peer, token, changed)).toThrow(MessageSecurityError);
    const next = sender.seal(message(10));
    expect(() => unseal(peer, next.token, Buffer.from(next.sealed))).toThrow('an earlier message was refused');
  });
});

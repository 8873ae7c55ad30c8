import { describe, expect, it } from 'vitest';
import { beforeLastLeg } from './before-last-leg.js';

describe('sealed messages that do not come as they were sent', () => {
  async function sealedSession() {
    const { security: client, token, finish } = await beforeLastLeg();
    const result = await finish(token);
    const server = result.kind === 'authenticated' ? result.connection?.security : undefined;
    if (client === undefined || server === undefined) throw new Error('no message security');
    const seal = async (text: string) => client.wrap(Buffer.from(text));
    const open = async (message: { token: Uint8Array; sealed: Uint8Array }) =>
      Buffer.from(await server.unwrap(message.token, message.sealed)).toString();
    return { seal, open, server };
  }

  it('replayed', async () => {
    const { seal, open } = await sealedSession();
    const message = await seal('Invoke');
    await open(message);
    await expect(open(message)).rejects.toThrow('a replayed message: number 0 where 1 is next');
  });

  it('reordered', async () => {
    const { seal, open } = await sealedSession();
    await seal('first');
    await expect(open(await seal('second'))).rejects.toThrow('a message is missing: number 1 where 0 is next');
  });

  it('changed in any bit, of the text or of the signature', async () => {
    for (let bit = 0; bit < (16 + 6) * 8; bit++) {
      const { seal, open } = await sealedSession();
      const { token, sealed } = await seal('Invoke');
      const bytes = Buffer.concat([token, sealed]);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(open({ token: bytes.subarray(0, 16), sealed: bytes.subarray(16) }), `bit ${bit}`).rejects.toThrow();
    }
  });

  it.each([0, 1, 15, 17, 64])('with a signature of %d bytes', async (length) => {
    const { seal, open } = await sealedSession();
    const { sealed } = await seal('Invoke');
    await expect(open({ token: Buffer.alloc(length), sealed })).rejects.toThrow('a signature of');
  });

  it('cut', async () => {
    const { seal, open } = await sealedSession();
    const { token, sealed } = await seal('Invoke');
    await expect(open({ token, sealed: sealed.subarray(1) })).rejects.toThrow();
  });

  it("sent back: the server's own answer is no request", async () => {
    const { open, server } = await sealedSession();
    await expect(open(await server.wrap(Buffer.from('answer')))).rejects.toThrow();
  });

  it('nothing is opened after a bad one', async () => {
    const { seal, open } = await sealedSession();
    const good = await seal('Invoke');
    await expect(open({ token: Buffer.alloc(16), sealed: Buffer.alloc(0) })).rejects.toThrow();
    await expect(open(good)).rejects.toThrow('an earlier message was refused');
  });
});

/** One RC4 key stream, used up as messages pass through it. */
export interface Rc4 {
  /**
   * XORs the data, in its place, with the next bytes of the stream; the same call encrypts and decrypts. In place because it is the
   * faster by a quarter.
   */
  apply(data: Uint8Array): void;
}

/**
 * RC4 (as RFC 6229 has its vectors), which OpenSSL 3 has only in its legacy provider. It is broken as a cipher; NTLM is defined with
 * it, and nothing else here may use it.
 *
 * @param key 1 to 256 bytes
 */
export function createRc4(key: Uint8Array): Rc4 {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i++) {
    const byte = state[i] ?? 0;
    j = (j + byte + (key[i % key.length] ?? 0)) & 255;
    state[i] = state[j] ?? 0;
    state[j] = byte;
  }
  let savedI = 0;
  let savedJ = 0;

  return {
    apply(data) {
      // Locals: variables of the closure cost this loop a quarter more.
      let i = savedI;
      let j = savedJ;
      for (let at = 0; at < data.length; at++) {
        i = (i + 1) & 255;
        const a = state[i] ?? 0;
        j = (j + a) & 255;
        const b = state[j] ?? 0;
        state[i] = b;
        state[j] = a;
        data[at] = (data[at] ?? 0) ^ (state[(a + b) & 255] ?? 0);
      }
      savedI = i;
      savedJ = j;
    },
  };
}

/** RC4 with a key that is used once (MS-NLMP 3.1.5.1, RC4K). */
export function rc4Once(key: Uint8Array, data: Uint8Array): Buffer {
  const output = Buffer.from(data);
  createRc4(key).apply(output);
  return output;
}

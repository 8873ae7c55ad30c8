/** One RC4 key stream, used up as messages pass through it. */
export interface Rc4 {
  /** XORs the data, in its place, with the next bytes of the stream; the same call encrypts and decrypts. */
  apply(data: Uint8Array): void;
}

/**
 * Where all streams do their work, a block of data after the other. Of arrays that are constants of the module V8 knows the address and the
 * length, and compiles the loop to half the instructions: 1.6 ns a byte with all copies, in place of 3.2.
 */
const state = new Uint8Array(256);
const block = new Uint8Array(4096);

/**
 * RC4 (as RFC 6229 has its vectors), which OpenSSL 3 has only in its legacy provider. It is broken as a cipher; NTLM is defined with
 * it, and nothing else here may use it.
 *
 * @param key 1 to 256 bytes
 */
export function createRc4(key: Uint8Array): Rc4 {
  const own = schedule(key);
  let i = 0;
  let j = 0;

  return {
    apply(data) {
      state.set(own);
      for (let from = 0; from < data.length; from += block.length) {
        const part = data.subarray(from, from + block.length);
        block.set(part);
        j = applyToBlock(i, j, part.length);
        i = (i + part.length) & 255;
        part.set(block.subarray(0, part.length));
      }
      own.set(state);
    },
  };
}

/** The state that a key begins with. */
function schedule(key: Uint8Array): Uint8Array {
  const made = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i++) {
    const byte = made[i] ?? 0;
    j = (j + byte + (key[i % key.length] ?? 0)) & 255;
    made[i] = made[j] ?? 0;
    made[j] = byte;
  }
  return made;
}

/** Takes a block through the state from `i` and `j` on; gives the next `j`. */
function applyToBlock(from: number, startJ: number, length: number): number {
  let i = from;
  let j = startJ;
  for (let at = 0; at < length; at++) {
    i = (i + 1) & 255;
    const a = state[i] ?? 0;
    j = (j + a) & 255;
    const b = state[j] ?? 0;
    state[i] = b;
    state[j] = a;
    block[at] = (block[at] ?? 0) ^ (state[(a + b) & 255] ?? 0);
  }
  return j;
}

/** RC4 with a key that is used once (MS-NLMP 3.1.5.1, RC4K). */
export function rc4Once(key: Uint8Array, data: Uint8Array): Buffer {
  const output = Buffer.from(data);
  createRc4(key).apply(output);
  return output;
}

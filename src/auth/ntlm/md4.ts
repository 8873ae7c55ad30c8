const BLOCK_BYTES = 64;

// RFC 1320 §3.4: per round, the order in which the words of a block are taken, the four shifts, and the added constant.
const ROUNDS = [
  { order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], shifts: [3, 7, 11, 19], constant: 0 },
  { order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15], shifts: [3, 5, 9, 13], constant: 0x5a827999 },
  { order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15], shifts: [3, 9, 11, 15], constant: 0x6ed9eba1 },
] as const;

/**
 * MD4 (RFC 1320), which OpenSSL 3 has only in its legacy provider. It is broken as a hash; NTLM is defined with it, and nothing else
 * here may use it.
 *
 * @returns 16 bytes
 */
export function md4(data: Uint8Array): Buffer {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  const padded = pad(data);
  const words = new Uint32Array(16);
  for (let offset = 0; offset < padded.length; offset += BLOCK_BYTES) {
    for (let i = 0; i < 16; i++) words[i] = padded.readUInt32LE(offset + 4 * i);
    addBlock(state, words);
  }
  const digest = Buffer.alloc(16);
  state.forEach((word, i) => {
    digest.writeUInt32LE(word, 4 * i);
  });
  return digest;
}

/** One 1 bit, zeros up to 8 bytes before the end of a block, and the length in bits (RFC 1320 §3.1, §3.2). */
function pad(data: Uint8Array): Buffer {
  const blocks = Math.ceil((data.length + 9) / BLOCK_BYTES);
  const padded = Buffer.alloc(blocks * BLOCK_BYTES);
  padded.set(data);
  padded[data.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(data.length) * 8n, padded.length - 8);
  return padded;
}

function addBlock(state: Uint32Array, words: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  ROUNDS.forEach(({ order, shifts, constant }, round) => {
    order.forEach((index, step) => {
      const sum = (a + mix(round, b, c, d) + (words[index] ?? 0) + constant) >>> 0;
      const shift = shifts[step % 4] ?? 0;
      [a, d, c, b] = [d, c, b, ((sum << shift) | (sum >>> (32 - shift))) >>> 0];
    });
  });
  // Uint32Array wraps the sums around.
  state.set([a, b, c, d].map((word, i) => word + (state[i] ?? 0)));
}

function mix(round: number, x: number, y: number, z: number): number {
  if (round === 0) return (x & y) | (~x & z);
  if (round === 1) return (x & y) | (x & z) | (y & z);
  return x ^ y ^ z;
}

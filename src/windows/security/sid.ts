/** Length of what stands before the subauthorities: revision, their number, and the authority in six bytes. */
const HEADER = 8;

/**
 * The text of a security identifier: `S-1-5-32-544`.
 *
 * @param bytes as a SID lies in memory (MS-DTYP 2.4.2.2): the authority big-endian, subauthorities little-endian
 * @returns undefined when they are no SID
 */
export function sidText(bytes: readonly number[]): string | undefined {
  const [revision, count = 0] = bytes;
  if (revision !== 1 || bytes.length !== HEADER + count * 4) return undefined;
  const data = new DataView(Uint8Array.from(bytes).buffer);
  const authority = data.getUint16(2) * 2 ** 32 + data.getUint32(4);
  const subauthorities = Array.from({ length: count }, (_, at) => data.getUint32(HEADER + at * 4, true));
  return ['S', revision, authority, ...subauthorities].join('-');
}

/** The bytes of a security identifier; undefined when the text is none. */
export function sidBytes(text: string): readonly number[] | undefined {
  if (!/^S-1(-\d{1,15}){1,16}$/i.test(text)) return undefined;
  const [authority = 0, ...subauthorities] = text.split('-').slice(2).map(Number);
  if (authority >= 2 ** 48 || subauthorities.some((one) => one >= 2 ** 32)) return undefined;
  const data = new DataView(new ArrayBuffer(HEADER + subauthorities.length * 4));
  data.setUint8(0, 1);
  data.setUint8(1, subauthorities.length);
  data.setUint16(2, Math.floor(authority / 2 ** 32));
  data.setUint32(4, authority % 2 ** 32);
  for (const [at, one] of subauthorities.entries()) data.setUint32(HEADER + at * 4, one, true);
  return [...new Uint8Array(data.buffer)];
}

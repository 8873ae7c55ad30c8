import fc from 'fast-check';

/** One change to some bytes; the position is a share of their length. */
interface Edit {
  readonly kind: 'flip' | 'set' | 'word' | 'cut' | 'remove' | 'insert' | 'repeat';
  readonly at: number;
  readonly value: number;
}

/** Values at which lengths and offsets go wrong. */
const INTERESTING = [0, 1, 2, 7, 16, 24, 64, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('flip', 'flip', 'set', 'word', 'word', 'cut', 'remove', 'insert', 'repeat'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  value: fc.oneof(fc.constantFrom(...INTERESTING), fc.nat(0xffff_ffff)),
});

/** A few changes, to be made by {@link mutate}. */
export const edits = fc.array(edit, { minLength: 1, maxLength: 4 });

/** Applies changes one after another. */
export function mutate(bytes: Buffer, changes: readonly Edit[]): Buffer {
  return changes.reduce(apply, Buffer.from(bytes));
}

function apply(bytes: Buffer, { kind, at, value }: Edit): Buffer {
  const position = Math.min(Math.floor(at * bytes.length), Math.max(bytes.length - 1, 0));
  const length = 1 + (value % 16);
  if (kind === 'cut') return bytes.subarray(0, position);
  if (kind === 'remove') return Buffer.concat([bytes.subarray(0, position), bytes.subarray(position + length)]);
  if (kind === 'insert')
    return Buffer.concat([bytes.subarray(0, position), Buffer.alloc(length, value), bytes.subarray(position)]);
  if (kind === 'repeat') return Buffer.concat([bytes.subarray(0, position + length), bytes.subarray(position)]);
  const copy = Buffer.from(bytes);
  if (kind === 'word' && copy.length >= position + 4) copy.writeUInt32LE(value, position);
  else if (copy.length > 0) copy[position] = kind === 'flip' ? (copy[position] ?? 0) ^ (1 << (value & 7)) : value;
  return copy;
}

import type { Random } from './random.js';

/** Longer inputs are cut: what is looked for shows in short ones, and they are read in less time. */
export const MAX_INPUT = 16_384;

/** What inputs are made of. */
export interface Material {
  /** Inputs that are right, or nearly. */
  readonly corpus: readonly [Buffer, ...Buffer[]];
  /** What has a meaning in them. */
  readonly words: readonly [string, ...string[]];
}

/** The input of a number: those of the corpus as they are, and then some of them changed in a few places. */
export function inputAt(index: number, { corpus, words }: Material, random: Random): Buffer {
  const asItIs = corpus[index];
  if (asItIs !== undefined) return asItIs;
  let input = random.pick(corpus);
  for (let changes = 1 + random.below(random.pick(MORE_CHANGES)); changes > 0; changes--) {
    input = random.pick(CHANGES)(input, { corpus, words }, random).subarray(0, MAX_INPUT);
  }
  return input;
}

/** Mostly one, since what is wrong in several ways is refused for the first. */
const MORE_CHANGES = [1, 1, 1, 2, 6] as const;

type Change = (input: Buffer, material: Material, random: Random) => Buffer;

/** Values at which lengths, offsets and ranges go wrong. */
const NUMBERS = [
  0, 1, 2, 7, 16, 64, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
] as const;

const BYTES = [
  0x00, 0x09, 0x0a, 0x0d, 0x20, 0x22, 0x26, 0x27, 0x3c, 0x3e, 0x5c, 0x7f, 0x80, 0xc0, 0xed, 0xef, 0xff,
] as const;

/** Where a word, a number or a run of blanks begins, or a character that is none of these. */
const TOKEN = /[\w$]+|\s+|[^\w\s]/g;

const CHANGES: readonly [Change, ...Change[]] = [
  flipBit,
  setByte,
  insertBytes,
  remove,
  repeat,
  copyFromOther,
  joinWithOther,
  writeNumber,
  insertWord,
  insertWord,
  replaceToken,
  replaceToken,
  replaceToken,
  replaceByOtherToken,
  swapTokens,
  removeToken,
  moveElement,
  nest,
];

function flipBit(input: Buffer, _: Material, random: Random): Buffer {
  return withByte(input, random, (byte) => byte ^ (1 << random.below(8)));
}

function setByte(input: Buffer, _: Material, random: Random): Buffer {
  return withByte(input, random, () => (random.below(2) === 0 ? random.pick(BYTES) : random.below(256)));
}

function withByte(input: Buffer, random: Random, change: (byte: number) => number): Buffer {
  if (input.length === 0) return input;
  const copy = Buffer.from(input);
  const at = random.below(copy.length);
  copy[at] = change(copy[at] ?? 0);
  return copy;
}

function insertBytes(input: Buffer, _: Material, random: Random): Buffer {
  const bytes = Buffer.from(Array.from({ length: 1 + random.below(4) }, () => random.pick(BYTES)));
  return insert(input, random.below(input.length + 1), bytes);
}

function remove(input: Buffer, _: Material, random: Random): Buffer {
  const [from, to] = range(input, random);
  return Buffer.concat([input.subarray(0, from), input.subarray(to)]);
}

function repeat(input: Buffer, _: Material, random: Random): Buffer {
  const [from, to] = range(input, random);
  const times = random.below(8) === 0 ? 1 + random.below(64) : 1;
  return insert(input, to, ...Array<Buffer>(times).fill(input.subarray(from, to)));
}

function copyFromOther(input: Buffer, { corpus }: Material, random: Random): Buffer {
  const other = random.pick(corpus);
  return insert(input, random.below(input.length + 1), other.subarray(...range(other, random)));
}

function joinWithOther(input: Buffer, { corpus }: Material, random: Random): Buffer {
  const other = random.pick(corpus);
  const cut = random.below(input.length + 1);
  return Buffer.concat([input.subarray(0, cut), other.subarray(Math.min(cut + random.below(64) - 32, other.length))]);
}

function writeNumber(input: Buffer, _: Material, random: Random): Buffer {
  const bytes = random.pick([1, 2, 4] as const);
  if (input.length < bytes) return input;
  const copy = Buffer.from(input);
  const value = random.pick(NUMBERS) % 2 ** (8 * bytes);
  const at = random.below(copy.length - bytes + 1);
  if (random.below(2) === 0) copy.writeUIntLE(value, at, bytes);
  else copy.writeUIntBE(value, at, bytes);
  return copy;
}

function insertWord(input: Buffer, { words }: Material, random: Random): Buffer {
  return insert(input, random.below(input.length + 1), Buffer.from(random.pick(words)));
}

function replaceToken(input: Buffer, { words }: Material, random: Random): Buffer {
  const token = tokenOf(input, random);
  const number = random.below(4) === 0 ? String(random.pick(NUMBERS)) : random.pick(words);
  return token === undefined ? input : splice(input, token, Buffer.from(number));
}

function replaceByOtherToken(input: Buffer, { corpus }: Material, random: Random): Buffer {
  const other = random.pick(corpus);
  const [token, source] = [tokenOf(input, random), tokenOf(other, random)];
  if (token === undefined || source === undefined) return input;
  return splice(input, token, other.subarray(source.from, source.to));
}

function swapTokens(input: Buffer, _: Material, random: Random): Buffer {
  const [one, other] = [tokenOf(input, random), tokenOf(input, random)];
  if (one === undefined || other === undefined) return input;
  return splice(input, one, input.subarray(other.from, other.to));
}

function removeToken(input: Buffer, _: Material, random: Random): Buffer {
  const token = tokenOf(input, random);
  return token === undefined ? input : splice(input, token, Buffer.alloc(0));
}

/** What stands from one `<` (or `{`, or `(`) to another is put somewhere else, there or in a copy. */
function moveElement(input: Buffer, _: Material, random: Random): Buffer {
  const mark = random.pick([0x3c, 0x7b, 0x28]);
  const from = input.indexOf(mark, random.below(input.length + 1));
  const to = from < 0 ? -1 : input.indexOf(mark, from + 1 + random.below(200));
  const at = to < 0 ? -1 : input.indexOf(mark, random.below(input.length));
  if (at < 0) return input;
  return insert(input, at, input.subarray(from, to));
}

const PAIRS: readonly [Pair, ...Pair[]] = [
  ['(', ')'],
  ['{', '}'],
  ['[', ']'],
  ['<a>', '</a>'],
  ['NOT ', ''],
  ['\\', ''],
  ['"', '"'],
];
type Pair = readonly [open: string, close: string];

/** One piece before and another behind, many times over: brackets, quotes and elements within each other. */
function nest(input: Buffer, { words }: Material, random: Random): Buffer {
  const [open, close] = random.below(4) === 0 ? [random.pick(words), random.pick(words)] : random.pick(PAIRS);
  const times = 1 + random.below(random.below(4) === 0 ? 200 : 4);
  const [from, to] = range(input, random);
  const middle = [Buffer.from(open.repeat(times)), input.subarray(from, to), Buffer.from(close.repeat(times))];
  return Buffer.concat([input.subarray(0, from), ...middle, input.subarray(to)]);
}

/** A place and the one behind it, mostly near each other. */
function range(bytes: Buffer, random: Random): readonly [from: number, to: number] {
  const from = random.below(bytes.length + 1);
  const length = random.below(random.below(3) === 0 ? 400 : 16);
  return [from, Math.min(from + length, bytes.length)];
}

function insert(input: Buffer, at: number, ...pieces: readonly Buffer[]): Buffer {
  return Buffer.concat([input.subarray(0, at), ...pieces, input.subarray(at)]);
}

interface Token {
  readonly from: number;
  readonly to: number;
}

/** One that begins behind some place, looked for in a short stretch so that long inputs take no longer. */
function tokenOf(bytes: Buffer, random: Random): Token | undefined {
  const start = random.below(bytes.length + 1);
  TOKEN.lastIndex = 0;
  const text = bytes.toString('latin1', start, start + 64);
  // The first begins in the middle of something.
  TOKEN.exec(text);
  const found = TOKEN.exec(text);
  if (found === null) return undefined;
  return { from: start + found.index, to: start + found.index + found[0].length };
}

function splice(input: Buffer, { from, to }: Token, piece: Buffer): Buffer {
  return Buffer.concat([input.subarray(0, from), piece, input.subarray(to)]);
}

import fc from 'fast-check';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { type CimTypeName, integerRanges, isBigIntType, isIntegerType } from '../../src/cim/model/cim-type.js';
import type { CimScalar } from '../../src/cim/model/cim-value.js';

/** Characters that XML 1.0 can carry, those that need escaping often. */
const xmlCharacter = fc.oneof(
  fc.constantFrom('&', '<', '>', '"', "'", ']', '\r', '\n', '\t', ' ', '\\', ',', '=', ':', '.', '/', 'İ', 'ß'),
  fc.integer({ min: 0x20, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xe000, max: 0xfffd }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);

export const xmlText = fc.string({ unit: xmlCharacter, maxLength: 12 });

const two = (value: number) => String(value).padStart(2, '0');
const six = fc.integer({ min: 0, max: 999_999 }).map((value) => String(value).padStart(6, '0'));

const time = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map(([hour, minute, second]) => two(hour) + two(minute) + two(second));

export const anyInterval = fc
  .tuple(fc.nat(99_999_999), time, six)
  .map(([days, clock, fraction]) => CimDateTime.parse(`${String(days).padStart(8, '0')}${clock}.${fraction}:000`));

/** Days that every month has. */
export const anyTimestamp = fc
  .record({
    year: fc.nat(9999),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    clock: time,
    fraction: six,
    sign: fc.constantFrom('+', '-'),
    offset: fc.nat(999),
  })
  .map(({ year, month, day, clock, fraction, sign, offset }) => {
    const date = String(year).padStart(4, '0') + two(month) + two(day);
    return CimDateTime.parse(`${date}${clock}.${fraction}${sign}${String(offset).padStart(3, '0')}`);
  });

/** A value whose fields are open from one of them down; of the fraction, from one of its digits. */
export const anyWithWildcards = fc
  .tuple(fc.oneof(anyTimestamp, anyInterval), fc.constantFrom(0, 8, 10, 12, 15, 16, 18, 20), fc.boolean())
  .map(([value, from, openOffset]) => {
    const text = value.toString();
    const zone = openOffset && !value.isInterval ? `${text.charAt(21)}***` : text.slice(21);
    return CimDateTime.parse(text.slice(0, from) + text.slice(from, 21).replace(/\d/g, '*') + zone);
  });

const anyDateTime = fc.oneof(anyTimestamp, anyInterval, anyWithWildcards);

/** The values of a type, its ends often. Of char16 those that XML can carry as a character. */
export function scalarOf(type: CimTypeName): fc.Arbitrary<CimScalar> {
  if (isIntegerType(type)) {
    const [min, max] = integerRanges[type];
    const value = fc.oneof(fc.constantFrom(min, max, 0n), fc.bigInt({ min, max }));
    return isBigIntType(type) ? value : value.map(Number);
  }
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'real32':
      return fc.float();
    case 'real64':
      return fc.double();
    case 'char16':
      return fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    case 'datetime':
      return anyDateTime;
    default:
      return xmlText;
  }
}

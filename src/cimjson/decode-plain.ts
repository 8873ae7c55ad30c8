import type { CimDateTime } from '../cim/model/cim-date-time.js';
import { type CimTypeName, integerRanges, isBigIntType, isIntegerType } from '../cim/model/cim-type.js';
import { cimDateTime } from '../cim/model/parse-xml-date-time.js';

const REALS: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['INF', Number.POSITIVE_INFINITY],
  ['-INF', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

/** A value of an intrinsic type; undefined when it is none: nothing is converted. */
export function decodePlain(
  json: unknown,
  type: CimTypeName,
): boolean | number | bigint | string | CimDateTime | undefined {
  if (isIntegerType(type)) return isBigIntType(type) ? longInteger(json, type) : integer(json, type);
  switch (type) {
    case 'boolean':
      return typeof json === 'boolean' ? json : undefined;
    case 'real32':
    case 'real64':
      return real(json, type);
    case 'string':
      return typeof json === 'string' ? json : undefined;
    case 'char16':
      return typeof json === 'string' && json.length === 1 ? json : undefined;
    case 'datetime':
      return typeof json === 'string' ? cimDateTime(json) : undefined;
    default:
      return undefined;
  }
}

function integer(json: unknown, type: keyof typeof integerRanges): number | undefined {
  const [min, max] = integerRanges[type];
  return Number.isInteger(json) && Number(json) >= Number(min) && Number(json) <= Number(max)
    ? Number(json)
    : undefined;
}

/** A 64-bit integer is a text: a number of JSON would have lost digits in many a reader. */
function longInteger(json: unknown, type: keyof typeof integerRanges): bigint | undefined {
  if (typeof json !== 'string' || !/^-?\d{1,20}$/.test(json)) return undefined;
  const [min, max] = integerRanges[type];
  const value = BigInt(json);
  return value >= min && value <= max ? value : undefined;
}

function real(json: unknown, type: 'real32' | 'real64'): number | undefined {
  if (typeof json !== 'number') return REALS.get(json);
  return type === 'real64' || Number.isFinite(Math.fround(json)) ? json : undefined;
}

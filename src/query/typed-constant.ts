import { type CimType, isBigIntType, isIntegerType } from '../cim/model/cim-type.js';
import type { CimKeyValue } from '../cim/model/instance-path.js';
import { parseObjectPath } from '../cim/model/parse-object-path.js';
import { parseScalar } from '../cim/model/parse-scalar.js';
import type { Schema } from '../cim/schema/schema.js';
import type { LiteralNode, LiteralValue } from './ast/literal-node.js';
import { typeObjectPath } from './object-path.js';
import { parseDateTime } from './parse-date-time.js';
import { numberOf } from './read-number.js';

/**
 * What a literal means beside a property of a type, by the conversions of WMI: a number may stand in quotes, a boolean
 * may be `TRUE`, `'true'` or 1, a char16 its code, a datetime and a reference are strings; beside a string a number is the text
 * as which it was written (`BuildNumber >= 22000`).
 *
 * A number is returned as the property's values are (bigint for 64-bit integers), but may be out of the type's range
 * or have a fraction.
 *
 * @returns undefined when values of the type do not compare with the literal
 */
export function typedConstant({ value, text }: LiteralNode, type: CimType, schema: Schema): CimKeyValue | undefined {
  if (type.array || type.embedded || value === null) return undefined;
  if (isIntegerType(type.name) || type.name === 'real32' || type.name === 'real64') return numberConstant(value, type);
  switch (type.name) {
    case 'string':
      return typeof value === 'boolean' ? undefined : text;
    case 'char16':
      return charConstant(value);
    case 'boolean':
      return typeof value === 'boolean' ? value : booleanConstant(value);
    case 'datetime':
      return typeof value === 'string' ? parseDateTime(value) : undefined;
    default:
      return typeof value === 'string' ? referenceConstant(value, schema) : undefined;
  }
}

function numberConstant(value: LiteralValue, type: CimType): number | bigint | undefined {
  const number = typeof value === 'string' ? numberOf(value) : value;
  if (typeof number === 'number') return type.name === 'real32' ? Math.fround(number) : number;
  if (typeof number !== 'bigint') return undefined;
  if (isBigIntType(type.name) || !Number.isSafeInteger(Number(number))) return number;
  return type.name === 'real32' ? Math.fround(Number(number)) : Number(number);
}

/** A digit in quotes is that character, not the character with that code. */
function charConstant(value: LiteralValue): string | undefined {
  if (typeof value === 'string') return value.length === 1 ? value : undefined;
  return typeof value === 'bigint' && value >= 0n && value <= 0xffffn ? String.fromCharCode(Number(value)) : undefined;
}

function booleanConstant(value: string | bigint | number | null): boolean | undefined {
  const parsed = typeof value === 'number' ? undefined : parseScalar(String(value), 'boolean');
  return typeof parsed === 'boolean' ? parsed : undefined;
}

function referenceConstant(text: string, schema: Schema): CimKeyValue | undefined {
  const path = parseObjectPath(text);
  return typeof path === 'string' ? undefined : typeObjectPath(path, schema);
}

import { CimDateTime } from '../../cim/model/cim-date-time.js';
import {
  type CimType,
  describeType,
  elementType,
  integerRanges,
  isBigIntType,
  isIntegerType,
} from '../../cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../../cim/model/cim-value.js';
import type { ScalarSyntax, ValueSyntax } from '../syntax/syntax.js';

/** What {@link bindValue} needs to know of the place a value stands in. */
export interface ValueContext {
  /** Told of each value that does not fit, with its offset. */
  report(at: number, message: string): void;
  /** Gives a reference its value; undefined when that failed, which has been reported. */
  bindReference(value: ScalarSyntax, type: CimType): CimScalar | undefined;
  /** Gives an embedded instance or object its value; undefined as above. */
  bindEmbedded(value: ScalarSyntax, type: CimType): CimScalar | undefined;
  /** WMI's GetText("MOF") puts 64-bit integers into quotes; set where such texts come in. */
  readonly allowQuotedIntegers?: boolean;
}

/** The value that a literal has as one of a type; undefined when it does not fit, which has been reported. */
export function bindValue(value: ValueSyntax, type: CimType, context: ValueContext): CimValue | undefined {
  if (value.kind === 'null') return null;
  if (value.kind !== 'array') {
    if (!type.array) return bindScalar(value, type, context);
    context.report(value.at, `${describeSyntax(value)} where ${describeType(type)} is wanted: write {…}`);
    return undefined;
  }
  if (!type.array) {
    context.report(value.at, `an array where ${describeType(type)} is wanted`);
    return undefined;
  }
  if (type.array.size !== undefined && value.items.length > type.array.size) {
    context.report(value.at, `${value.items.length} elements do not fit ${describeType(type)}`);
    return undefined;
  }
  return bindItems(value.items, elementType(type), context);
}

function bindItems(items: readonly ScalarSyntax[], type: CimType, context: ValueContext): CimValue | undefined {
  const values: (CimScalar | null)[] = [];
  let failed = false;
  for (const item of items) {
    const value = item.kind === 'null' ? null : bindScalar(item, type, context);
    if (value === undefined) failed = true;
    else values.push(value);
  }
  return failed ? undefined : values;
}

function bindScalar(value: ScalarSyntax, type: CimType, context: ValueContext): CimScalar | undefined {
  if (type.name === 'reference') return context.bindReference(value, type);
  if (type.embedded) return context.bindEmbedded(value, type);
  const bound = convert(value, type, context.allowQuotedIntegers === true);
  if (typeof bound === 'object' && 'problem' in bound) {
    context.report(value.at, bound.problem);
    return undefined;
  }
  return bound;
}

interface Problem {
  readonly problem: string;
}

function convert(
  value: ScalarSyntax,
  type: CimType,
  allowQuoted: boolean,
): Exclude<CimScalar, object> | CimDateTime | Problem {
  if (isIntegerType(type.name)) return convertInteger(value, type, allowQuoted);
  switch (type.name) {
    case 'boolean':
      return value.kind === 'boolean' ? value.value : mismatch(value, type);
    case 'string':
      return value.kind === 'string' ? value.text : mismatch(value, type);
    case 'char16':
      return value.kind === 'char' ? value.text : mismatch(value, type);
    case 'real32':
    case 'real64':
      return convertReal(value, type);
    case 'datetime':
      return value.kind === 'string' ? parseDateTime(value.text) : mismatch(value, type);
    default:
      return mismatch(value, type);
  }
}

function convertInteger(value: ScalarSyntax, type: CimType, allowQuoted: boolean): number | bigint | Problem {
  if (!isIntegerType(type.name)) return mismatch(value, type);
  const big = isBigIntType(type.name);
  let number: number | bigint;
  if (value.kind === 'integer') number = value.value;
  else if (allowQuoted && big && value.kind === 'string' && /^-?\d{1,20}$/.test(value.text))
    number = BigInt(value.text);
  else return mismatch(value, type);
  const [min, max] = integerRanges[type.name];
  if (number < min || number > max) return { problem: `${number} is out of range for ${type.name} (${min} to ${max})` };
  return big ? BigInt(number) : Number(number);
}

function convertReal(value: ScalarSyntax, type: CimType): number | Problem {
  if (value.kind !== 'real' && value.kind !== 'integer') return mismatch(value, type);
  const wide = Number(value.value);
  const number = type.name === 'real32' ? Math.fround(wide) : wide;
  return Number.isFinite(number) ? number : { problem: `${value.value} is out of range for ${type.name}` };
}

function parseDateTime(text: string): CimDateTime | Problem {
  try {
    return CimDateTime.parse(text);
  } catch (error) {
    if (error instanceof RangeError) return { problem: error.message };
    throw error;
  }
}

function mismatch(value: ScalarSyntax, type: CimType): Problem {
  return { problem: `${describeSyntax(value)} where ${describeType(type)} is wanted` };
}

/** A literal as messages name it. */
export function describeSyntax(value: ScalarSyntax): string {
  switch (value.kind) {
    case 'string':
      return `string "${value.text.length > 40 ? `${value.text.slice(0, 40)}…` : value.text}"`;
    case 'char':
      return `character '${value.text}'`;
    case 'integer':
      return `integer ${value.value}`;
    case 'real':
      return `real ${value.value}`;
    case 'boolean':
      return String(value.value);
    case 'alias':
      return `$${value.text}`;
    case 'instance':
      return `an instance of ${value.instance.className.text}`;
    case 'null':
      return 'NULL';
  }
}

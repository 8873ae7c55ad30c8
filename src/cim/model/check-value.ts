import { CimDateTime } from './cim-date-time.js';
import { CimInstance } from './cim-instance.js';
import {
  type CimEmbedding,
  type CimType,
  describeType,
  elementType,
  integerRanges,
  isBigIntType,
  isIntegerType,
} from './cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from './cim-value.js';
import { InstancePath } from './instance-path.js';
import { shorten } from './shorten.js';

/** Largest finite value of an IEEE 754 single. */
const REAL32_MAX = 3.4028234663852886e38;

/**
 * Tells why a value does not fit a type, or undefined when it does. NULL fits every type. References are checked for
 * being references only: whether their class fits is the schema's to say.
 */
export function findTypeProblem(value: CimValue, type: CimType): string | undefined {
  if (value === null) return undefined;
  if (isCimArray(value)) {
    if (!type.array) return `an array was given where ${describeType(type)} is wanted`;
    if (type.array.size !== undefined && value.length > type.array.size) {
      return `${value.length} elements do not fit ${describeType(type)}`;
    }
    return findElementProblem(value, type);
  }
  if (type.array) return `a single value was given where ${describeType(type)} is wanted`;
  return findScalarProblem(value, type);
}

function findElementProblem(values: readonly (CimScalar | null)[], type: CimType): string | undefined {
  const element = elementType(type);
  for (const [index, value] of values.entries()) {
    const problem = value === null ? undefined : findScalarProblem(value, element);
    if (problem) return `element ${index}: ${problem}`;
  }
  return undefined;
}

function findScalarProblem(value: CimScalar, type: CimType): string | undefined {
  if (fits(value, type)) return undefined;
  return `${describeValue(value)} is not a value of type ${describeType(type)}`;
}

function fits(value: CimScalar, type: CimType): boolean {
  if (isIntegerType(type.name)) return fitsInteger(value, type);
  switch (type.name) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'real32':
      return typeof value === 'number' && (!Number.isFinite(value) || Math.abs(value) <= REAL32_MAX);
    case 'real64':
      return typeof value === 'number';
    case 'char16':
      return typeof value === 'string' && value.length === 1;
    case 'string':
      return type.embedded ? fitsEmbedding(value, type.embedded) : typeof value === 'string';
    case 'datetime':
      return value instanceof CimDateTime;
    default:
      return value instanceof InstancePath;
  }
}

function fitsInteger(value: CimScalar, type: CimType): boolean {
  if (!isIntegerType(type.name)) return false;
  const [min, max] = integerRanges[type.name];
  if (isBigIntType(type.name)) return typeof value === 'bigint' && value >= min && value <= max;
  return typeof value === 'number' && Number.isInteger(value) && value >= Number(min) && value <= Number(max);
}

/** An embedded object may be a class as well: an object that is neither path nor datetime. */
function fitsEmbedding(value: CimScalar, { kind }: CimEmbedding): boolean {
  if (value instanceof CimInstance || kind === 'instance') return value instanceof CimInstance;
  return typeof value === 'object' && !(value instanceof InstancePath) && !(value instanceof CimDateTime);
}

function describeValue(value: CimScalar): string {
  if (typeof value === 'string') return `'${shorten(value)}'`;
  if (value instanceof CimInstance) return `an instance of ${value.className}`;
  if (value instanceof InstancePath || value instanceof CimDateTime) return `'${shorten(value.toString(), 200)}'`;
  return typeof value === 'object' ? `class ${value.name}` : String(value);
}

import { CimDateTime } from '../cim/model/cim-date-time.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { CimTypeName } from '../cim/model/cim-type.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import { parseScalar } from '../cim/model/parse-scalar.js';

/** The intrinsic types that a value can be marked with; references and embedded instances are marked by their class. */
export type MarkedTypeName = Exclude<CimTypeName, 'reference'>;

/** A value whose CIM type goes with it as `xsi:type`, for servers that want to be told. Made by {@link typed}. */
export class TypedValue {
  readonly type: MarkedTypeName;
  readonly value: boolean | number | bigint | string | CimDateTime;

  /** @internal */
  constructor(type: MarkedTypeName, value: boolean | number | bigint | string | CimDateTime) {
    this.type = type;
    this.value = value;
  }
}

/** One value of a parameter. A Date is a timestamp in UTC; an InstancePath is a reference; a CimInstance is embedded. */
export type ClientScalar =
  | string
  | boolean
  | number
  | bigint
  | Date
  | CimDateTime
  | InstancePath
  | CimInstance
  | TypedValue;

/**
 * The value of a parameter; `null` is NULL. WS-Man has no form for an empty array: the parameter is left out, which
 * servers read as not supplied.
 */
export type ClientValue = ClientScalar | readonly ClientScalar[] | null;

/**
 * Marks a value with its CIM type and checks that it is one: `typed('uint32', 5)`.
 *
 * @throws RangeError when the value is outside the type or has no such form
 */
export function typed(
  type: MarkedTypeName,
  value: string | boolean | number | bigint | Date | CimDateTime,
): TypedValue {
  const text = value instanceof Date ? CimDateTime.fromDate(value).toString() : realText(value);
  const parsed = type === 'char16' ? oneCharacter(value) : parseScalar(text, type);
  if (parsed === undefined) throw new RangeError(`'${text.slice(0, 60)}' is not a ${type}`);
  return new TypedValue(type, parsed);
}

/** A char16 given as text is the character itself; as a number, its code. */
function oneCharacter(value: unknown): string | undefined {
  if (typeof value === 'string') return value.length === 1 ? value : undefined;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff
    ? String.fromCharCode(value)
    : undefined;
}

/** The text of a number as XML Schema writes it: `INF` where JavaScript says `Infinity`. */
export function realText(value: string | boolean | number | bigint | CimDateTime): string {
  if (value === Number.POSITIVE_INFINITY) return 'INF';
  return value === Number.NEGATIVE_INFINITY ? '-INF' : String(value);
}

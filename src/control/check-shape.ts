import { KindGuard, type TSchema } from '@sinclair/typebox';
import { Value, type ValueError, ValueErrorType } from '@sinclair/typebox/value';
import { nearestName } from '../strings/nearest-name.js';
import { ControlError } from './control-error.js';

/** As much of a value as a message quotes. */
const QUOTED = 60;

/**
 * Sees to it that a body or query is what its route takes.
 *
 * @param convert texts may stand for numbers and booleans, as they do in a query
 * @returns the same, converted
 * @throws ControlError 400 with the place, and the nearest name for a member that there is not
 */
export function checkShape(schema: TSchema, given: unknown, convert = false): unknown {
  const value = convert ? Value.Convert(schema, given ?? {}) : given;
  if (Value.Check(schema, value)) return value;
  throw problemOf(schema, value);
}

function problemOf(schema: TSchema, value: unknown): ControlError {
  const [first] = Value.Errors(schema, value);
  const error = first && deepest(first);
  if (error === undefined) return new ControlError(400, 'The body is not what this route takes.');
  const place = placeOf(error.path);
  const where = place === '' ? '' : `${place}: `;
  if (error.type !== ValueErrorType.ObjectAdditionalProperties)
    return new ControlError(400, `${where}${describe(error)}`, { place });
  const known = membersOf(error, schema);
  const name = place.slice(place.lastIndexOf('.') + 1);
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? `there are ${known.join(', ')}` : `did you mean '${nearest}'?`;
  return new ControlError(400, `${where}there is no such member; ${hint}`, { place, nearest });
}

/** Of the alternatives of a union the one that was probably meant: whose names are right, or whose first problem lies deepest. */
function deepest(error: ValueError): ValueError {
  if (error.type !== ValueErrorType.Union) return error;
  let best = error;
  for (const alternative of error.errors) {
    const [first] = alternative;
    const found = first && deepest(first);
    if (found && found.path.length > error.path.length && (best === error || isValue(found))) best = found;
  }
  return best;
}

/** A value is wrong, and not the names of members. */
function isValue({ type }: ValueError): boolean {
  return type !== ValueErrorType.ObjectRequiredProperty && type !== ValueErrorType.ObjectAdditionalProperties;
}

/** The members that the object has which has one too many. */
function membersOf({ schema }: ValueError, whole: TSchema): readonly string[] {
  const owner = KindGuard.IsObject(schema) ? schema : whole;
  return KindGuard.IsObject(owner) ? Object.keys(owner.properties) : [];
}

/** `/sources/0/mof` as `sources[0].mof`. */
function placeOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}

function describe({ type, schema, value, message }: ValueError): string {
  if (type === ValueErrorType.ObjectRequiredProperty) return 'it is missing';
  return `${quote(value)} where ${wanted(schema) ?? message.toLowerCase()} is wanted`;
}

function wanted(schema: TSchema): string | undefined {
  if (KindGuard.IsUnion(schema))
    return [...new Set(schema.anyOf.map((one) => wanted(one) ?? 'something else'))].join(' or ');
  if (KindGuard.IsLiteral(schema)) return `'${schema.const}'`;
  if (KindGuard.IsInteger(schema) || KindGuard.IsNumber(schema)) return rangeOf(schema);
  if (KindGuard.IsString(schema)) return 'a text';
  if (KindGuard.IsBoolean(schema)) return 'true or false';
  if (KindGuard.IsArray(schema)) return 'an array';
  return KindGuard.IsObject(schema) || KindGuard.IsRecord(schema) ? 'an object' : undefined;
}

function rangeOf({ minimum, maximum, type }: TSchema & { minimum?: number; maximum?: number }): string {
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  return `${kind}${minimum === undefined ? '' : ` from ${minimum}`}${maximum === undefined ? '' : ` to ${maximum}`}`;
}

function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? `'${value}'` : String(value);
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}

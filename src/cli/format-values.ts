import type { CimClass } from '../cim/model/cim-class.js';
import { CimDateTime } from '../cim/model/cim-date-time.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { NameMap } from '../cim/model/name-map.js';
import { realText } from '../client/client-value.js';
import { printable } from './printable.js';

/** A line of a listing: a label, and a value of one or more lines. */
export type Row = readonly [label: string, value: string];

/** Lays rows out in two columns; further lines of a value stand under its first. */
export function formatRows(rows: readonly Row[]): string {
  const width = Math.max(0, ...rows.map(([label]) => label.length)) + 2;
  const lines = rows.flatMap(([label, value]) =>
    value.split('\n').map((line, index) => `${(index === 0 ? label : '').padEnd(width)}${line}`.trimEnd()),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** Values by name as rows. */
export function valueRows(values: NameMap<CimValue>): readonly Row[] {
  return [...values].map(([name, value]) => [printable(name), valueText(value)] as const);
}

/** A value for people: an array has a line for each element, an embedded instance one for each property. */
export function valueText(value: CimValue): string {
  if (value === null) return '(NULL)';
  if (isCimArray(value)) return value.length === 0 ? '(empty)' : value.map((one) => valueText(one)).join('\n');
  if (value instanceof CimInstance) {
    const rows = formatRows(valueRows(value.properties)).trimEnd();
    return [
      `instance of ${printable(value.className)}`,
      ...(rows ? rows.split('\n').map((row) => `  ${row}`) : []),
    ].join('\n');
  }
  if (value === '') return '""';
  return printable(isPlain(value) ? String(value) : value.name);
}

/**
 * Values by name as JSON: references with their parts, embedded instances with their class, datetimes as CIM text. Numbers are
 * numbers, apart from those that JSON or its readers would change: integers beyond 2^53 and INF, -INF, NaN are strings.
 */
export function valuesToJson(values: NameMap<CimValue>): Record<string, unknown> {
  return Object.fromEntries([...values].map(([name, value]) => [name, valueToJson(value)]));
}

export function valueToJson(value: CimValue): unknown {
  if (isCimArray(value)) return value.map((one) => valueToJson(one));
  if (value instanceof InstancePath) {
    return {
      path: value.toString(),
      ...(value.namespace !== undefined && { namespace: value.namespace }),
      className: value.className,
      keys: Object.fromEntries([...value.keys].map(([name, key]) => [name, valueToJson(key)])),
    };
  }
  if (value instanceof CimInstance) return { className: value.className, properties: valuesToJson(value.properties) };
  if (typeof value === 'bigint') return BigInt(Number.MAX_SAFE_INTEGER) < abs(value) ? value.toString() : Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : realText(value);
  if (value === null || typeof value !== 'object') return value;
  return value instanceof CimDateTime ? value.toString() : { className: value.name };
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** True for what has a text of its own; what remains of a CIM value is a class declaration. */
function isPlain(value: CimScalar): value is Exclude<CimScalar, CimClass | CimInstance> {
  return typeof value !== 'object' || value instanceof CimDateTime || value instanceof InstancePath;
}

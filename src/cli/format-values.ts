import type { CimClass } from '../cim/model/cim-class.js';
import { CimDateTime } from '../cim/model/cim-date-time.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { NameMap } from '../cim/model/name-map.js';
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

/** True for what has a text of its own; what remains of a CIM value is a class declaration. */
function isPlain(value: CimScalar): value is Exclude<CimScalar, CimClass | CimInstance> {
  return typeof value !== 'object' || value instanceof CimDateTime || value instanceof InstancePath;
}

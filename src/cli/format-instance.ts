import type { CimInstance } from '../cim/model/cim-instance.js';
import { NameMap } from '../cim/model/name-map.js';
import { formatRows, valueRows } from './format-values.js';
import { printable } from './printable.js';

/** An instance for people: its path or class, and below it the properties that have a value. */
export function formatInstance({ path, className, properties }: CimInstance): string {
  const rows = valueRows(new NameMap([...properties].filter(([, value]) => value !== null)));
  const lines = formatRows(rows).split('\n').slice(0, -1);
  return [printable(path ? String(path) : className), ...lines.map((line) => `  ${line}`), ''].join('\n');
}

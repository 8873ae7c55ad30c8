import { printableLine } from '../printable.js';
import type { Check } from './check.js';

const WIDTH = 18;

/** A check as it is shown: its line, and what to do about it below. */
export function formatCheck({ name, status, text, remedy }: Check): string {
  const line = `${status.padEnd(4)}  ${name.padEnd(WIDTH)}  ${printableLine(text)}\n`;
  return remedy === undefined ? line : `${line}${' '.repeat(WIDTH + 8)}-> ${printableLine(remedy)}\n`;
}

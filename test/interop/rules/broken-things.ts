import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Rule } from '../../../src/interceptors/rules/rule.js';

const page = readFileSync(new URL('../../../docs/breaking-things.md', import.meta.url), 'utf8');

/** Ways to the endpoint. */
export type Way = 'HTTP' | 'HTTPS' | 'sealed';

/** A row of the table in docs/breaking-things.md: what a rule does, and what clients make of it. */
export interface BrokenThing {
  readonly then: Rule['then'];
  readonly isCarriedOut: boolean;
  /** What a client says, by the name of its column. */
  expected(client: string, way: Way): string;
}

const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const code = (cell: string) => /^`(.*)`$/.exec(cell)?.[1] ?? cell;

function tableOf(header: string): readonly (readonly string[])[] {
  const start = page.indexOf(header);
  if (start < 0) throw new Error(`docs/breaking-things.md has no table ${header}`);
  const lines = page.slice(start).split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).map(cells);
}

/** A cell says one thing for all ways, or another one for some: `A`; sealed `B`. */
function expectedOf(cell: string, way: Way): string {
  const [all = '', ...others] = cell.split(';').map((one) => one.trim());
  const other = others.find((one) => one.startsWith(`${way} `));
  return code(other === undefined ? all : other.slice(way.length).trim());
}

const [header = [], , ...rows] = tableOf('| `then` |');

export const brokenThings: readonly BrokenThing[] = rows.map((row) => ({
  then: parse(code(row[0] ?? '')) as Rule['then'],
  isCarriedOut: row[1] === 'yes',
  expected(client, way) {
    const column = header.indexOf(client);
    if (column < 0) throw new Error(`docs/breaking-things.md has no column ${client}`);
    return expectedOf(row[column] ?? '', way);
  },
}));

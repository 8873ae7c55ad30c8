import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LOCK_OUT } from '../../src/auth/lock-out/lock-out.js';
import { SETTING_NAMES } from '../../src/config/kinds/quota-settings.js';
import { flagOf } from '../../src/config/setting.js';
import { SETTINGS } from '../../src/config/setting-groups.js';
import { DEFAULT_CONTROL_LIMITS } from '../../src/control/control-limits.js';
import { DEFAULT_HTTP_LIMITS } from '../../src/http/http-limits.js';
import { mofLimits } from '../../src/mof/mof-limits.js';
import { queryLimits } from '../../src/query/query-limits.js';
import { faultTable } from '../../src/soap/fault-table.js';
import { DEFAULT_SETTINGS } from '../../src/wsman/service-settings.js';
import { xmlLimits } from '../../src/xml/xml-limits.js';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const page = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8');

/** The tables of the code, by the headings of the page. */
const TABLES: Readonly<Record<string, object>> = {
  HTTP: DEFAULT_HTTP_LIMITS,
  Service: DEFAULT_SETTINGS,
  Control: DEFAULT_CONTROL_LIMITS,
  'Wrong passwords': DEFAULT_LOCK_OUT,
  XML: xmlLimits(undefined),
  MOF: mofLimits,
  Queries: queryLimits,
};

/** The cells of the rows below a heading, without the head. */
function rowsBelow(heading: string): string[][] {
  const part = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const lines = part.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(1).map((line) => line.slice(2, -2).split(' | '));
}

/** The number with which a cell begins. */
const numberIn = (cell = '') => Number(/^[\d,]+/.exec(cell)?.[0].replaceAll(',', ''));

/** The server's own files: the client, the bridge and the commands bound nothing that a peer of the server could use. */
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/^client\/|^bridge\/|^cli\/|\/generated\//.test(file),
);

/** A product or a power of whole numbers. */
function calculate(expression: string): number {
  const [base = '', exponent] = expression.replaceAll('_', '').split('**');
  const product = base.split('*').reduce((result, factor) => result * Number(factor), 1);
  return exponent === undefined ? product : product ** Number(exponent);
}

/** Constants that are numbers, as `file NAME`; those of an object as `file NAME.key`. */
const constants = new Map<string, number>();
for (const file of files) {
  const text = readFileSync(join(src, file), 'utf8');
  const name = basename(file, '.ts');
  for (const [, constant, expression = ''] of text.matchAll(/^(?:export )?const ([A-Z_\d]+) = ([\d_ *]+);$/gm)) {
    constants.set(`${name} ${constant}`, calculate(expression));
  }
  for (const [, constant, members = ''] of text.matchAll(/^const ([A-Z_\d]+)(?:: \w+)? = \{ (.+) \};$/gm)) {
    for (const [, key, value = ''] of members.matchAll(/(\w+): ([\d_]+)(?=,|$)/g)) {
      constants.set(`${name} ${constant}.${key}`, calculate(value));
    }
  }
}

const ALONE = ['Single bounds', 'What is remembered'];
const single = new Map(
  ALONE.flatMap(rowsBelow).map(([name = '', value]) => [name.replaceAll('`', ''), numberIn(value)]),
);

/** The last two cells of every row: who can reach the limit, and what happens beyond. */
const ends = [...Object.keys(TABLES), ...ALONE].flatMap(rowsBelow).map((cells) => cells.slice(-2));

const matchesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);

describe('docs/limits.md', () => {
  it.each(Object.entries(TABLES))('has each limit of the table %s with its default, and no other', (heading, table) => {
    const rows = rowsBelow(heading).map(([name = '', value]) => [name.replaceAll('`', ''), numberIn(value)]);
    expect(rows).toEqual(Object.entries(table));
  });

  it('names every file of limits', () => {
    const tables = files.filter((file) => file.endsWith('-limits.ts'));
    expect(tables.filter((file) => !page.includes(`src/${file}`))).toEqual([]);
  });

  it('has each bound that stands alone in the code', () => {
    const bounds = [...constants.keys()].filter((name) => / MAX_/.test(name));
    expect(bounds.filter((name) => !single.has(name))).toEqual([]);
  });

  it('says of each bound that stands alone what the code says', () => {
    expect([...single]).toEqual([...single.keys()].map((name) => [name, constants.get(name)]));
  });

  it('says of each limit whether it is reached without credentials, and what happens beyond', () => {
    expect(ends.filter(([reached = '', beyond = '']) => !/^(yes|no)$/.test(reached) || beyond === '')).toEqual([]);
  });

  it('names faults that there are', () => {
    const named = ends.flatMap(([, beyond = '']) => matchesIn(beyond, /`([A-Z]\w+)`/g));
    expect(named.filter((name) => !(name in faultTable))).toEqual([]);
  });

  it('names every setting of the command, and flags that there are', () => {
    const flags = [...SETTINGS.keys()].map(flagOf);
    expect(matchesIn(page, /`(--[a-z-]+)/g).filter((flag) => !flags.includes(flag))).toEqual([]);
    expect(matchesIn(page, /`--setting (\w+)`/g).sort()).toEqual([...SETTING_NAMES].sort());
  });
});

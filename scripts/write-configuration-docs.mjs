/**
 * Writes what is said of settings elsewhere than in the code: the JSON Schema for editors, `schemas/json/configuration.json`, and the
 * table of docs/configuration.md. Both come from the last build.
 *
 * node scripts/write-configuration-docs.mjs
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const page = new URL('docs/configuration.md', root);
const SECTION = /(?<=^<!-- settings -->\n)[\s\S]*?(?=^<!-- end of settings -->$)/m;

/** The table that a page has between its marks. */
export const tableOf = (text) => SECTION.exec(text)?.[0];

/** One row for each setting of the schema. */
export function settingsTable({ properties }) {
  const rows = Object.entries(properties).filter(([name]) => name !== '$schema' && name !== 'version');
  const lines = rows.map(([name, schema]) => {
    const [, what = schema.description, flag = '', variable = ''] =
      /^([\s\S]*) \((--[\w-]+), (\w+)\)$/.exec(schema.description) ?? [];
    const cells = [`\`${name}\``, `\`${flag}\``, `\`${variable}\``, valuesOf(schema), defaultOf(schema), what];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  });
  return `| in a file | flag | variable | values | default | what |\n|---|---|---|---|---|---|\n${lines.join('')}`;
}

function defaultOf({ default: value }) {
  return value === undefined ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function valuesOf({ anyOf, type, items, minimum, maximum, const: word }) {
  if (word !== undefined) return `\`${word}\``;
  if (anyOf) return anyOf.map(valuesOf).join(', ');
  if (type === 'integer') return `${minimum} to ${maximum}`;
  if (type === 'array') return `list of ${valuesOf(items)}`;
  return { string: 'text', boolean: '`true`, `false`', object: 'map' }[type] ?? type;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const main = fileURLToPath(new URL('dist/cli/main.js', root));
  const schema = execFileSync(process.execPath, [main, 'config', 'schema'], { encoding: 'utf8' });
  writeFileSync(new URL('schemas/json/configuration.json', root), schema);
  writeFileSync(page, readFileSync(page, 'utf8').replace(SECTION, settingsTable(JSON.parse(schema))));
}

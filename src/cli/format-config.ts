import type { ConfigTree } from '../client/operations/get-config.js';
import { printable } from './printable.js';

/** The configuration as `winrm get winrm/config` shows it: settings line by line, sections indented. */
export function formatConfig(tree: ConfigTree, indent = ''): string {
  return Object.entries(tree)
    .flatMap(([name, values]) => [values].flat().map((value) => formatSetting(name, value, indent)))
    .join('');
}

function formatSetting(name: string, value: string | ConfigTree, indent: string): string {
  const label = `${indent}${printable(name)}`;
  return typeof value === 'string'
    ? `${label} = ${printable(value)}\n`
    : `${label}\n${formatConfig(value, `${indent}    `)}`;
}

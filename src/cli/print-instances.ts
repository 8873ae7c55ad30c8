import type { CimInstance } from '../cim/model/cim-instance.js';
import { formatInstance, instanceToJson } from './format-instance.js';
import { formatTable } from './format-table.js';
import { valueText } from './format-values.js';
import type { OutputFlags } from './output-options.js';
import { printable, printableJson } from './printable.js';
import type { Terminal } from './terminal.js';

export interface InstanceListFlags extends OutputFlags {
  /** Paths alone, a line each. */
  readonly epr?: boolean;
  /** A table of these properties. */
  readonly properties?: readonly string[];
}

/** Prints instances as they arrive; only a table waits for the last, to know its widths. */
export async function printInstances(
  instances: AsyncIterable<CimInstance>,
  flags: InstanceListFlags,
  terminal: Terminal,
): Promise<void> {
  if (flags.xml) await drain(instances);
  else if (flags.json) await printJson(instances, flags, terminal);
  else if (flags.epr) for await (const { path } of instances) terminal.out(`${printable(String(path))}\n`);
  else if (flags.properties) await printTable(instances, flags.properties, terminal);
  else await printBlocks(instances, terminal);
}

/** With `--xml` the client prints; somebody must ask for the next answer, though. */
async function drain(instances: AsyncIterable<CimInstance>): Promise<void> {
  for await (const _ of instances);
}

async function printJson(instances: AsyncIterable<CimInstance>, { epr }: InstanceListFlags, { out }: Terminal) {
  let separator = '[\n';
  for await (const instance of instances) {
    const item = epr ? String(instance.path) : instanceToJson(instance);
    out(`${separator}${printableJson(item)}`);
    separator = ',\n';
  }
  out(separator === '[\n' ? '[]\n' : '\n]\n');
}

async function printTable(instances: AsyncIterable<CimInstance>, properties: readonly string[], { out }: Terminal) {
  const rows: string[][] = [];
  for await (const instance of instances) {
    rows.push(properties.map((name) => valueText(instance.get(name)).replaceAll('\n', ' ')));
  }
  out(formatTable(properties, rows));
}

async function printBlocks(instances: AsyncIterable<CimInstance>, { out }: Terminal) {
  let separator = '';
  for await (const instance of instances) {
    out(separator + formatInstance(instance));
    separator = '\n';
  }
}

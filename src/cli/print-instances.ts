import type { CimInstance } from '../cim/model/cim-instance.js';
import { NameMap } from '../cim/model/name-map.js';
import type { WsmanClient } from '../client/wsman-client.js';
import { checkProperty } from './check-properties.js';
import { formatInstance } from './format-instance.js';
import { formatTable } from './format-table.js';
import { valueText } from './format-values.js';
import { instanceEncoder } from './instance-json.js';
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
  {
    flags,
    client,
    terminal,
  }: { readonly flags: InstanceListFlags; readonly client: WsmanClient; readonly terminal: Terminal },
): Promise<void> {
  if (flags.xml) await drain(instances);
  else if (flags.json) await printJson(instances, flags, client, terminal);
  else if (flags.epr) for await (const { path } of instances) terminal.out(`${printable(String(path))}\n`);
  else if (flags.properties) await printTable(instances, flags.properties, client, terminal);
  else await printBlocks(instances, terminal);
}

/** With `--xml` the client prints; somebody must ask for the next answer, though. */
async function drain(instances: AsyncIterable<CimInstance>): Promise<void> {
  for await (const _ of instances);
}

async function printJson(
  instances: AsyncIterable<CimInstance>,
  flags: InstanceListFlags,
  client: WsmanClient,
  { out }: Terminal,
) {
  let separator = '[\n';
  const encode = instanceEncoder(client, flags);
  for await (const instance of instances) {
    const encoded = await encode(instance);
    out(`${separator}${printableJson(flags.epr ? encoded.path : encoded)}`);
    separator = ',\n';
  }
  out(separator === '[\n' ? '[]\n' : '\n]\n');
}

async function printTable(
  instances: AsyncIterable<CimInstance>,
  properties: readonly string[],
  client: WsmanClient,
  { out }: Terminal,
) {
  const rows: string[][] = [];
  const found = new NameMap<CimInstance>();
  const unseen = new NameMap(properties.map((name) => [name, true]));
  for await (const instance of instances) {
    rows.push(properties.map((name) => valueText(instance.get(name) ?? null).replaceAll('\n', ' ')));
    found.set(instance.className, instance);
    for (const name of properties) if (instance.properties.has(name)) unseen.delete(name);
  }
  if (found.size > 0) for (const [name] of unseen) await checkProperty(name, [...found.values()], client);
  out(formatTable(properties, rows));
}

async function printBlocks(instances: AsyncIterable<CimInstance>, { out }: Terminal) {
  let separator = '';
  for await (const instance of instances) {
    out(separator + formatInstance(instance));
    separator = '\n';
  }
}

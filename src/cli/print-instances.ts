import { CimInstance } from '../cim/model/cim-instance.js';
import type { WsmanClient } from '../client/wsman-client.js';
import { createPropertyCheck, type InstanceSource, type PropertyCheck } from './check-properties.js';
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

export interface PrintContext {
  readonly flags: InstanceListFlags;
  readonly client: WsmanClient;
  readonly terminal: Terminal;
  /** Where they come from, if that is a class or a query. */
  readonly source?: InstanceSource;
}

/** Prints instances as they arrive; only a table waits for the last, to know its widths. */
export async function printInstances(
  instances: AsyncIterable<CimInstance>,
  { flags, client, terminal, source }: PrintContext,
): Promise<void> {
  const { properties = [] } = flags;
  const check = createPropertyCheck(properties, client, source);
  if (flags.xml) await drain(instances);
  else if (flags.json) await printJson(instances, { flags, client, terminal }, check);
  else if (flags.epr) for await (const { path } of instances) terminal.out(`${printable(String(path))}\n`);
  else if (flags.properties) await printTable(instances, flags.properties, check, terminal);
  else await printBlocks(instances, terminal);
}

/** With `--xml` the client prints; somebody must ask for the next answer, though. */
async function drain(instances: AsyncIterable<CimInstance>): Promise<void> {
  for await (const _ of instances);
}

async function printJson(
  instances: AsyncIterable<CimInstance>,
  { flags, client, terminal }: PrintContext,
  check: PropertyCheck,
) {
  let separator = '[\n';
  const encode = instanceEncoder(client, flags);
  for await (const instance of instances) {
    check.see(instance);
    const encoded = await encode(flags.properties && !flags.epr ? only(instance, flags.properties) : instance);
    terminal.out(`${separator}${printableJson(flags.epr ? encoded.path : encoded)}`);
    separator = ',\n';
  }
  terminal.out(separator === '[\n' ? '[]\n' : '\n]\n');
  if (!flags.epr) await check.end();
}

function only({ className, path, properties }: CimInstance, names: readonly string[]): CimInstance {
  const wanted = names.map((name) => [properties.spelling(name) ?? name, properties.get(name) ?? null] as const);
  return new CimInstance(className, wanted, path);
}

async function printTable(
  instances: AsyncIterable<CimInstance>,
  properties: readonly string[],
  check: PropertyCheck,
  { out }: Terminal,
) {
  const rows: string[][] = [];
  for await (const instance of instances) {
    rows.push(properties.map((name) => valueText(instance.get(name) ?? null).replaceAll('\n', ' ')));
    check.see(instance);
  }
  await check.end();
  out(formatTable(properties, rows));
}

async function printBlocks(instances: AsyncIterable<CimInstance>, { out }: Terminal) {
  let separator = '';
  for await (const instance of instances) {
    out(separator + formatInstance(instance));
    separator = '\n';
  }
}

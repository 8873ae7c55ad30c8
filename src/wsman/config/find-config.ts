import { aboutName } from '../../cim/model/unknown-name.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { SelectorSet } from '../header/selector-set.js';
import type { ServiceSettings } from '../service-settings.js';
import { buildConfig } from './build-config.js';
import { type ConfigSection, findSection } from './config-node.js';
import type { ConfigResource } from './config-resource.js';
import { type ConfigTable, findTable } from './config-table.js';
import type { EndpointFacts } from './endpoint-facts.js';

/** What a configuration is made of. */
export interface ConfigSource {
  readonly settings: ServiceSettings;
  readonly facts: EndpointFacts;
}

/**
 * The part of the configuration that a request is about: a section as it is now, or the row of a table.
 *
 * @throws WsmanFault InvalidResourceURI, UnexpectedSelectors, SelectorsRequired, InsufficientSelectors, ResourceNotFound
 */
export async function findConfig(
  resource: ConfigResource,
  selectors: SelectorSet,
  source: ConfigSource,
): Promise<ConfigSection> {
  const table = findTable(resource.path);
  return table ? findRow(resource, table, selectors, source.facts) : findPart(resource, selectors, source);
}

/**
 * What an enumeration of the resource gives: the rows of a table, or the one section that it is.
 *
 * @throws WsmanFault InvalidResourceURI, UnexpectedSelectors
 */
export async function findConfigItems(
  resource: ConfigResource,
  selectors: SelectorSet,
  source: ConfigSource,
): Promise<readonly ConfigSection[]> {
  const table = findTable(resource.path);
  if (!table) return [findPart(resource, selectors, source)];
  refuseSelectors(selectors, 'An enumeration of the configuration takes no selectors.');
  return table.rows(source.facts);
}

function findPart(resource: ConfigResource, selectors: SelectorSet, { settings, facts }: ConfigSource): ConfigSection {
  const found = findSection(buildConfig(settings.current, facts), resource.path);
  if (!found) {
    throw new WsmanFault(
      'InvalidResourceURI',
      `The configuration has no part '${resource.path.join('/').slice(0, 200)}'.`,
    );
  }
  refuseSelectors(selectors, `${found.name} stands for itself: it takes no selectors.`);
  return found;
}

/**
 * Checks that selectors could name what the resource is, be it there or not.
 *
 * @throws WsmanFault InvalidResourceURI, UnexpectedSelectors, SelectorsRequired, InsufficientSelectors
 */
export function checkConfigSelectors(resource: ConfigResource, selectors: SelectorSet, source: ConfigSource): void {
  const table = findTable(resource.path);
  if (table) checkKeys(table, selectors);
  else findPart(resource, selectors, source);
}

async function findRow(
  resource: ConfigResource,
  table: ConfigTable,
  selectors: SelectorSet,
  facts: EndpointFacts,
): Promise<ConfigSection> {
  checkKeys(table, selectors);
  const { keys, rows } = table;
  // MS-WSMV 3.1.4.1.2: the values of selectors are compared without case.
  const wanted = (key: string) => selectors.get(key)?.text.trim().toLowerCase();
  const all = await rows(facts);
  const found = all.find((row) => keys.every((key) => keyOf(row, key).toLowerCase() === wanted(key)));
  if (found) return found;
  const there = all.map((row) => keys.map((key) => `${key}=${keyOf(row, key)}`).join('+'));
  throw new WsmanFault(
    'ResourceNotFound',
    `There is no such ${resource.path.at(-1)}; there ${there.length === 0 ? 'is none' : `is ${there.join(' and ')}`}.`,
  );
}

function checkKeys({ keys }: ConfigTable, selectors: SelectorSet): void {
  for (const name of selectors.keys()) {
    if (keys.some((key) => key.toLowerCase() === name.toLowerCase())) continue;
    const fault = new WsmanFault(
      'UnexpectedSelectors',
      `Selector ${name.slice(0, 200)} is none of ${keys.join(', ')}.`,
    );
    throw aboutName(fault, { kind: 'word', name, known: keys });
  }
  const missing = keys.filter((key) => !selectors.has(key));
  if (missing.length > 0) {
    const fault = selectors.size === 0 ? 'SelectorsRequired' : 'InsufficientSelectors';
    throw new WsmanFault(fault, `The part needs these selectors: ${missing.join(', ')}.`);
  }
}

/** The value in a row that a selector is compared with. */
export function keyOf(row: ConfigSection, key: string): string {
  const found = row.children.find(({ name }) => name.toLowerCase() === key.toLowerCase());
  return found?.kind === 'value' ? found.text : '';
}

function refuseSelectors(selectors: SelectorSet, why: string): void {
  if (selectors.size > 0) throw new WsmanFault('UnexpectedSelectors', why);
}

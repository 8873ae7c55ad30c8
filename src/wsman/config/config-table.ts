import { lookup } from 'node:dns/promises';
import { isIP, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type ConfigSection, section, value } from './config-node.js';
import type { EndpointFacts, ListenerFacts } from './endpoint-facts.js';

/** A part of the configuration that consists of rows, found by selectors and enumerated. */
export interface ConfigTable {
  /** The selectors that together name a row. */
  readonly keys: readonly string[];
  rows(facts: EndpointFacts): Promise<readonly ConfigSection[]>;
}

const noRows = async () => [];

/** MS-WSMV 3.1.4.1.29.3 to .5, and the plug-ins of MS-WSMV 2.2.4.22. Only listeners are ever there. */
const tables: ReadonlyMap<string, ConfigTable> = new Map([
  ['listener', { keys: ['Address', 'Transport'], rows: listenerRows }],
  ['plugin', { keys: ['Name'], rows: noRows }],
  ['service/certmapping', { keys: ['URI', 'Subject', 'Issuer'], rows: noRows }],
  ['service/security', { keys: ['Uri'], rows: noRows }],
  ['winrs/customremoteshell', { keys: ['URI'], rows: noRows }],
]);

/** The table at a path; undefined when there is none. */
export function findTable(path: readonly string[]): ConfigTable | undefined {
  return tables.get(path.join('/'));
}

function listenerRows(facts: EndpointFacts): Promise<readonly ConfigSection[]> {
  return Promise.all(facts.listeners().map((listener) => listenerRow(listener, facts.machine)));
}

/** MS-WSMV 2.2.4.19. */
async function listenerRow(listener: ListenerFacts, machine: string): Promise<ConfigSection> {
  const { host, transport, port, certificateThumbprint } = listener;
  const addresses = await addressesOf(host);
  const everywhere = host === '0.0.0.0' || host === '::';
  return section('Listener', [
    value('Address', everywhere ? '*' : `IP:${addresses[0] ?? host}`),
    value('Transport', transport),
    value('Port', port),
    value('Hostname', transport === 'HTTPS' ? machine : ''),
    value('Enabled', true),
    value('URLPrefix', 'wsman'),
    value('CertificateThumbprint', certificateThumbprint ?? ''),
    ...addresses.map((address) => value('ListeningOn', address)),
  ]);
}

/** The addresses on which a listener can really be reached: those of all network cards, or the one it is bound to. */
async function addressesOf(host: string): Promise<readonly string[]> {
  if (host === '0.0.0.0' || host === '::') {
    const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    // An IPv6 socket takes IPv4 as well, unless told otherwise; the other way round never.
    return all.map(({ address }) => address).filter((address) => host === '::' || !isIPv6(address));
  }
  if (isIP(host)) return [host];
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    // The name meant an address when the endpoint started.
    return [];
  }
}

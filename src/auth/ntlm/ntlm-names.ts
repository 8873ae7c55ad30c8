import { AvId } from './av-pairs.js';

/** Under which names a server speaks. */
export interface NtlmNames {
  /** NetBIOS name of the machine. */
  readonly computer: string;
  /** NetBIOS name of its domain; of a machine outside a domain, the machine's own. */
  readonly domain: string;
  readonly dnsComputer: string;
  readonly dnsDomain?: string;
}

/** A NetBIOS name has 15 characters at most. */
const NETBIOS_LENGTH = 15;

/**
 * The names of a machine, from its host name (`iscsi-a.lab.example`: `ISCSI-A`).
 *
 * @param domain the domain of its accounts, `LAB` or `lab.example`; the latter is `LAB`, too. Default: none, the machine is its own
 */
export function ntlmNamesOf(hostName: string, domain?: string): NtlmNames {
  const computer = netBiosName(hostName || 'localhost');
  const names = { computer, domain: computer, dnsComputer: hostName || 'localhost' };
  if (!domain) return names;
  const short = netBiosName(domain);
  return { ...names, domain: short, ...(short.length < domain.length && { dnsDomain: domain }) };
}

function netBiosName(name: string): string {
  const [label = ''] = name.split('.');
  return label.slice(0, NETBIOS_LENGTH).toUpperCase();
}

/** The names as AV pairs, in the order in which Windows writes them (MS-NLMP 3.2.5.1.1). */
export function namePairs(names: NtlmNames): (readonly [id: number, value: Buffer])[] {
  const pairs = [
    [AvId.nbDomainName, names.domain],
    [AvId.nbComputerName, names.computer],
    [AvId.dnsDomainName, names.dnsDomain],
    [AvId.dnsComputerName, names.dnsComputer],
  ] as const;
  return pairs.flatMap(([id, name]) => (name === undefined ? [] : [[id, Buffer.from(name, 'utf16le')] as const]));
}

/** The names by which users may call the domain of their accounts. */
export function ownDomains({ computer, domain, dnsComputer, dnsDomain }: NtlmNames): readonly string[] {
  return [computer, domain, dnsComputer, ...(dnsDomain === undefined ? [] : [dnsDomain])];
}

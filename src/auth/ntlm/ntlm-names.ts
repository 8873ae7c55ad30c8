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

/** The names of a machine outside a domain, from its host name (`iscsi-a.lab.example`: `ISCSI-A`). */
export function ntlmNamesOf(hostName: string): NtlmNames {
  const [label = ''] = hostName.split('.');
  const computer = (label || 'localhost').slice(0, NETBIOS_LENGTH).toUpperCase();
  return { computer, domain: computer, dnsComputer: hostName || 'localhost' };
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

/** What to make of the domain in front of a user's name: nothing; it must be ours when it is there; it must be there and ours. */
export type DomainPolicy = 'ignored' | 'matched' | 'required';

/** Why a user of a domain is to be refused, or `undefined`. `user@domain` and `.` count; compared without case. */
export function domainProblem(
  policy: DomainPolicy,
  names: NtlmNames,
  domain: string,
  user: string,
): string | undefined {
  if (policy === 'ignored') return undefined;
  const at = user.lastIndexOf('@');
  const given = domain !== '' || at < 0 ? domain : user.slice(at + 1);
  if (given === '') return policy === 'required' ? 'no domain, which is required' : undefined;
  const ours = ['.', names.computer, names.domain, names.dnsComputer, names.dnsDomain];
  return ours.some((name) => name?.toLowerCase() === given.toLowerCase())
    ? undefined
    : `the domain "${given}" is not ours`;
}

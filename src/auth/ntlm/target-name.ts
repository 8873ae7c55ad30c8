import type { NtlmNames } from './ntlm-names.js';

/**
 * What to make of the service that a client says it means (MsvAvTargetName): `none` does not look, as Windows' service does not;
 * `relaxed` refuses what is another service, `strict` also who does not say. A thief who passes an authentication on got it from a
 * client that meant another service. These are the levels of Windows' SmbServerNameHardeningLevel.
 */
export type TargetNamePolicy = 'none' | 'relaxed' | 'strict';

/** In the value of MsvAvFlags: the name comes from where the client does not trust (MS-NLMP 2.2.2.1), and says nothing. */
export const AV_FLAG_UNTRUSTED_TARGET = 0x4;

/** What is compared. */
export interface TargetNameCheck {
  readonly policy: TargetNamePolicy;
  /** As the client sent it; empty is none. */
  readonly sent: Buffer | undefined;
  readonly avFlags: number;
  readonly names: NtlmNames;
  /** Other names and addresses by which clients reach this service. */
  readonly hosts: readonly string[];
}

/** The service classes by which clients call WS-Management; HOST stands for all of a machine's services. */
const CLASSES: ReadonlySet<string> = new Set(['http', 'wsman', 'host']);

/** Why a client is to be refused, or `undefined` when it is not. */
export function targetNameProblem({ policy, sent, avFlags, names, hosts }: TargetNameCheck): string | undefined {
  if (policy === 'none') return undefined;
  const text = sent?.toString('utf16le') ?? '';
  if (text === '' || (avFlags & AV_FLAG_UNTRUSTED_TARGET) !== 0)
    return policy === 'strict' ? 'no target name, which is required' : undefined;
  const { serviceClass, host } = parseServiceName(text);
  const ours = [names.computer, names.dnsComputer, 'localhost', ...hosts];
  const isOurs = CLASSES.has(serviceClass) && ours.some((name) => name.toLowerCase() === host);
  return isOurs ? undefined : `the target name "${text.slice(0, 200)}" is another service's`;
}

/** `HTTP/host`, `HTTP/host:5985`, `HTTP/[::1]:5985`; with a service name behind a second slash it is none of ours. */
function parseServiceName(text: string): { readonly serviceClass: string; readonly host: string } {
  const [serviceClass = '', host = '', ...more] = text.toLowerCase().split('/');
  return { serviceClass: more.length > 0 ? '' : serviceClass, host: withoutPort(host) };
}

function withoutPort(host: string): string {
  if (host.startsWith('[')) return host.slice(1).split(']', 1)[0] ?? '';
  const [name = '', ...more] = host.split(':');
  // More than one colon is an IPv6 address that stands by itself.
  return more.length > 1 ? host : name;
}

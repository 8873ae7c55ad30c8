import type { Hosts } from './hosts.js';

/** One of several computers, as other programs are told of it. */
export interface HostFacts {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly isDefault: boolean;
  readonly http?: string | undefined;
  readonly https?: string | undefined;
  /** The first account. */
  readonly user: string;
}

export function hostFacts(hosts: Hosts): readonly HostFacts[] {
  return Array.from(hosts, ({ name, aliases, isDefault, http, https, account }) => ({
    ...{ name, aliases, isDefault, http: http?.url, https: https?.url },
    user: account.name,
  }));
}

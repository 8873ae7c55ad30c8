import type { HostDeclaration } from '../../cim/hosts/host-names.js';
import type { HostOptions } from '../options/host-options.js';

/** The hosts that whoever starts the endpoint names, as a lab would declare them. */
export function hostDeclarations(hosts: readonly HostOptions[] = []): readonly HostDeclaration[] {
  return hosts.map(({ name, aliases = [], isDefault = false }) => ({ name, aliases, isDefault }));
}

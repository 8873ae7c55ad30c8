import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import { HostNames } from '../../../src/cim/hosts/host-names.js';
import type { HostNamespace } from '../../../src/cim/hosts/host-scope.js';
import { hostView } from '../../../src/store/hosts/host-view.js';
import { namespace } from '../instance-builders.js';

/** What hosts have together. */
export const shared = 'root/shared';

const CLASSES = ['Disk', 'Drive', 'Tape', 'Link', 'Tie'];

const namespaces: readonly HostNamespace[] = [
  { name: namespace, isOwn: true, classNames: () => CLASSES },
  { name: shared, isOwn: false, classNames: () => CLASSES },
];

export const hosts = new HostNames([
  { name: 'srv01.lab.example', aliases: [], isDefault: true },
  { name: 'srv02.lab.example', aliases: [], isDefault: false },
  { name: 'srv03.lab.example', aliases: [], isDefault: false },
]);

/** A store as a host sees it. */
export function viewOf(store: InstanceStore, name: string): InstanceStore {
  const host = hosts.find(name);
  if (host === undefined) throw new Error(`there is no ${name}`);
  return hostView(store, { name: host.name, hosts, namespaces });
}

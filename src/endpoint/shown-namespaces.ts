import type { InstanceTransaction } from '../cim/contracts/instance-store.js';
import type { Namespace } from '../cim/contracts/namespaces.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { sameNamespace } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import { addingTransaction } from '../store/following/adding-transaction.js';
import type { Following } from '../store/following/following-store.js';
import { transactionView } from '../store/hosts/host-view.js';
import type { LazyNamespace } from '../store/lazy/lazy-namespace.js';
import { CIMV2 } from '../windows/namespaces.js';
import { shownOfMachine } from '../windows/shown-of-machine.js';
import type { Placement } from './hosts/placement.js';
import { isOfWindows } from './windows-schema/of-windows.js';

/** Such instances of one computer, as they lie in the store. */
export interface ShownNamespace extends Following {
  /** Where they are. */
  readonly shownIn: string;
  /** Classes that say what they show. */
  readonly from: readonly string[];
}

/** What of Windows' namespaces shows what others say, of each host. */
export function shownNamespaces(
  namespaces: readonly Namespace[],
  { hosts }: Pick<Placement, 'hosts'>,
): readonly ShownNamespace[] {
  const spaces = new NameMap(namespaces.map(({ name, schema }) => [name, schema] as const));
  const machine = spaces.get(CIMV2);
  return shownOfMachine.flatMap(({ from, isFollowing, namespace, className, load }) => {
    const schema = spaces.get(namespace);
    if (!(machine && schema)) return [];
    const show = async (store: InstanceTransaction) => {
      // A class of somebody's own under such a name says what its declaration says.
      if (isOfWindows(schema, className) && from.every((one) => isOfWindows(machine, one)))
        await (await load())({ store });
    };
    const classNames = isFollowing ? from : [];
    if (hosts.length === 0) return [{ namespace: CIMV2, from, classNames, shownIn: namespace, show }];
    return hosts.map(({ scope, translation }) => {
      const view = transactionView(scope);
      const stored = (name: string) => translation.storedNamespace(name);
      return {
        ...{ namespace: stored(CIMV2), from, classNames, shownIn: stored(namespace) },
        show: (store: InstanceTransaction) => show(view(store)),
      };
    });
  });
}

/**
 * The namespaces that fill when they are first used, with those that show what others say: of computers of which something is said at the
 * start. What somebody has put there by himself stays as it is.
 *
 * @param instances to start with
 */
export function withShown(
  lazy: readonly LazyNamespace[],
  shown: readonly ShownNamespace[],
  instances: readonly CimInstance[],
): readonly LazyNamespace[] {
  const all = [...lazy];
  for (const { shownIn, show } of shown.filter((one) => isSaid(one, lazy, instances))) {
    const at = all.findIndex((one) => sameNamespace(one.namespace, shownIn));
    const before = all[at] ?? { namespace: shownIn, instances: () => [] };
    const follow = (transaction: InstanceTransaction) => show(addingTransaction(transaction));
    if (at < 0) all.push({ ...before, follow });
    else all[at] = { ...before, follow };
  }
  return all;
}

function isSaid(
  { namespace, from }: ShownNamespace,
  lazy: readonly LazyNamespace[],
  instances: readonly CimInstance[],
): boolean {
  const isOne = ({ path, className }: CimInstance) =>
    from.some((one) => sameName(one, className)) && sameNamespace(path?.namespace ?? '', namespace);
  return lazy.some((one) => sameNamespace(one.namespace, namespace)) || instances.some(isOne);
}

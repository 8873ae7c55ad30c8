import type { InstanceTransaction } from '../cim/contracts/instance-store.js';
import type { Namespace } from '../cim/contracts/namespaces.js';
import { loadedMarkPath } from '../cim/loaded-mark.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { type InstancePath, sameNamespace } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import { AddingTransaction } from '../store/following/adding-transaction.js';
import type { Following } from '../store/following/following-store.js';
import { transactionView } from '../store/hosts/host-view.js';
import type { LazyNamespace } from '../store/lazy/lazy-namespace.js';
import { CIMULATOR, CIMV2 } from '../windows/namespaces.js';
import { type Shown, shownOfMachine } from '../windows/shown-of-machine.js';
import type { Placement } from './hosts/placement.js';
import { isOfWindows } from './windows-schema/of-windows.js';

/** Such instances of one computer, as they lie in the store. */
export interface ShownNamespace extends Following {
  /** Where they are. */
  readonly shownIn: string;
  /** Classes that say what they show. */
  readonly from: readonly string[];
  /** What is shown elsewhere as long as nobody has used the namespace. */
  showElsewhere(transaction: InstanceTransaction): Promise<void>;
}

/** What of Windows' namespaces shows what others say, of each host. */
export function shownNamespaces(
  namespaces: readonly Namespace[],
  { hosts }: Pick<Placement, 'hosts'>,
): readonly ShownNamespace[] {
  const spaces = new NameMap(namespaces.map(({ name, schema }) => [name, schema] as const));
  const machine = spaces.get(CIMV2);
  return shownOfMachine.flatMap(({ from, fromNotes = [], isFollowing, namespace, className, load, loadElsewhere }) => {
    const schema = spaces.get(namespace);
    if (!(machine && schema)) return [];
    // A class of somebody's own under such a name says what its declaration says.
    const isOurs = () => isOfWindows(schema, className) && from.every((one) => isOfWindows(machine, one));
    const showing = (loadShow: Shown['load'] | undefined) => async (store: InstanceTransaction) => {
      if (loadShow && isOurs()) await (await loadShow())({ store });
    };
    const [show, showElsewhere] = [showing(load), showing(loadElsewhere)];
    const sources = [
      { namespace: CIMV2, from, classNames: isFollowing ? from : [] },
      ...(fromNotes.length > 0 ? [{ namespace: CIMULATOR, from: [], classNames: fromNotes }] : []),
    ];
    if (hosts.length === 0) return sources.map((source) => ({ ...source, shownIn: namespace, show, showElsewhere }));
    return hosts.flatMap(({ scope, translation }) => {
      // Most starts show nothing, and a view knows all namespaces.
      let made: ReturnType<typeof transactionView> | undefined;
      const view = (store: InstanceTransaction) => {
        made ??= transactionView(scope);
        return made(store);
      };
      const stored = (name: string) => translation.storedNamespace(name);
      return sources.map((source) => ({
        ...{ ...source, namespace: stored(source.namespace), shownIn: stored(namespace) },
        show: (store: InstanceTransaction) => show(view(store)),
        showElsewhere: (store: InstanceTransaction) => showElsewhere(view(store)),
      }));
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
  const all = byNamespace(lazy);
  const isSaid = ({ namespace, from }: ShownNamespace) =>
    from.length > 0 &&
    (all.has(namespace) || instances.some(({ path, className }) => isAmong(from, className) && isIn(path, namespace)));
  for (const { shownIn, show } of shown.filter(isSaid)) {
    const before = all.get(shownIn) ?? { namespace: shownIn, instances: () => [] };
    const follow = async (transaction: InstanceTransaction) => {
      await before.follow?.(transaction);
      await show(new AddingTransaction(transaction));
    };
    all.set(shownIn, { ...before, follow });
  }
  return [...all.values()];
}

/**
 * What is shown again when it is written. A namespace that nobody has used shows what there is by then.
 *
 * @param lazy those that fill when they are first used
 */
export function followingsOf(shown: readonly ShownNamespace[], lazy: readonly LazyNamespace[]): readonly Following[] {
  const all = byNamespace(lazy);
  return shown.map((one) => {
    if (!all.has(one.shownIn)) return one;
    const mark = loadedMarkPath(one.shownIn);
    const show = async (transaction: InstanceTransaction) =>
      (await transaction.get(mark)) ? one.show(transaction) : one.showElsewhere(transaction);
    return { ...one, show };
  });
}

function byNamespace(lazy: readonly LazyNamespace[]): NameMap<LazyNamespace> {
  return new NameMap(lazy.map((one) => [one.namespace, one] as const));
}

function isAmong(names: readonly string[], className: string): boolean {
  return names.some((one) => sameName(one, className));
}

function isIn(path: InstancePath | undefined, namespace: string): boolean {
  return path?.namespace !== undefined && sameNamespace(path.namespace, namespace);
}

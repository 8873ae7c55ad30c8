import type { InstanceReader, InstanceStore, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { HostScope } from '../../cim/hosts/host-scope.js';
import { HostTranslation } from '../../cim/hosts/host-translation.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { passingReader } from '../../cim/passing-reader.js';
import { ClearedRecord } from './cleared-record.js';
import { hostChanges } from './host-changes.js';
import { type HostParts, HostReader } from './host-reader.js';
import { type FindOwn, HostTransaction } from './host-transaction.js';

/**
 * A store as one of several computers sees it: the namespaces that it has of its own, and those that all have together. Closing it closes
 * the store.
 *
 * It keeps what `InstanceStore` promises, with one difference: `clear` removes what is the host's own alone, at a cost that grows with it,
 * and claims the store for that, so that the work must not wait for another transaction after it.
 */
export function hostView(store: InstanceStore, scope: HostScope): InstanceStore {
  const parts = partsOf(scope);
  const { translation } = parts;
  const isSeen = ({ path }: CimInstance) => translation.isSeen(path?.namespace ?? '');
  const seenOf = (instances: readonly CimInstance[]) =>
    instances.filter(isSeen).map((one) => translation.seenInstance(one));
  const seenTransaction = transactionView(scope, parts);
  const reader = new HostReader(store, parts);

  return {
    ...passingReader(reader),
    onHost: (name) => reader.onHost(name),
    all: async () => seenOf(await store.all()),
    batches: () => seenBatches(store.batches(), seenOf),
    version: () => store.version(),
    versionOf: (path) => store.versionOf(translation.storedPath(path)),
    changes: (after, limit) => hostChanges(store, parts, after, limit),
    transaction: (work, origin) => store.transaction((each, attempt) => work(seenTransaction(each), attempt), origin),
    close: () => store.close(),
  };
}

/** A transaction of the store as one of several computers sees it. */
export function transactionView(
  scope: HostScope,
  parts: HostParts = partsOf(scope),
): (transaction: InstanceTransaction) => InstanceTransaction {
  const findOwn: FindOwn = (reader) => ownPaths(reader, scope, parts.translation);
  return (transaction) => new HostTransaction(transaction, parts, findOwn);
}

function partsOf(scope: HostScope): HostParts {
  const translation = new HostTranslation(scope);
  const cleared = new ClearedRecord(scope.name);
  return {
    ...{ translation, cleared, isEmpty: (reader) => isEmpty(reader, scope, translation) },
    onHost(reader, name) {
      const found = scope.hosts.find(name);
      return found && new HostReader(reader, partsOf({ ...scope, name: found.name }));
    },
  };
}

async function* seenBatches(
  batches: AsyncIterable<readonly CimInstance[]>,
  seenOf: (instances: readonly CimInstance[]) => readonly CimInstance[],
): AsyncIterable<readonly CimInstance[]> {
  for await (const batch of batches) {
    const seen = seenOf(batch);
    if (seen.length > 0) yield seen;
  }
}

async function isEmpty(
  reader: InstanceReader,
  { namespaces }: HostScope,
  translation: HostTranslation,
): Promise<boolean> {
  const counts = await Promise.all(
    namespaces.map(({ name, classNames }) => reader.count(translation.storedNamespace(name), classNames())),
  );
  return counts.flat().every((count) => count === 0);
}

/** As they lie in the store. Classes without instances, nearly all, cost their count alone. */
async function ownPaths(
  reader: InstanceReader,
  { namespaces }: HostScope,
  translation: HostTranslation,
): Promise<readonly InstancePath[]> {
  const found: InstancePath[] = [];
  for (const { name, isOwn, classNames } of namespaces) {
    if (!isOwn) continue;
    const namespace = translation.storedNamespace(name);
    const names = classNames();
    const counts = await reader.count(namespace, names);
    for (const [at, className] of names.entries()) {
      if (counts[at] === 0) continue;
      for await (const { path } of reader.scan(namespace, className)) if (path) found.push(path);
    }
  }
  return found;
}

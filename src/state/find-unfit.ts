import type { InstanceStore } from '../cim/contracts/instance-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import { splitHost } from '../cim/hosts/host-namespace.js';
import { CimError } from '../cim/model/cim-error.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { SECURITY_CLASS } from '../cim/schema/namespace-class.js';
import { checkStored } from '../lab/prepare-instance.js';

/** Why the first instance that these classes do not have cannot be one of theirs; undefined when all can. */
export async function findUnfit(
  store: Pick<InstanceStore, 'batches'>,
  namespaces: Namespaces,
): Promise<string | undefined> {
  for await (const batch of store.batches()) {
    for (const instance of batch) {
      // It comes with its namespace, and is of no use where there is none.
      if (instance.className === SECURITY_CLASS) continue;
      try {
        checkStored(instance, namespaces);
      } catch (error) {
        if (error instanceof CimError) return `${instance.path}: ${hostProblem(instance, namespaces) ?? error.message}`;
        throw error;
      }
    }
  }
  return undefined;
}

/** What a host has is of no use where the lab does not declare it. */
function hostProblem({ path }: CimInstance, namespaces: Namespaces): string | undefined {
  const { host, namespace } = splitHost(path?.namespace ?? '');
  if (host === undefined || namespaces.findNamespace(path?.namespace ?? '') !== undefined) return undefined;
  return namespaces.findNamespace(namespace) && `the lab declares no host ${host}`;
}

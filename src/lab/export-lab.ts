import type { InstanceStore } from '../cim/contracts/instance-store.js';
import type { Namespace } from '../cim/contracts/namespaces.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { sameNamespace } from '../cim/model/instance-path.js';
import { isOfNamespaces } from '../cim/schema/namespace-class.js';
import { printLab } from './print-lab.js';

/** A state as MOF. */
export interface ExportedLab {
  readonly mof: string;
  readonly instances: number;
  /** How many classes they are of. */
  readonly classes: number;
}

/**
 * The instances of a namespace as a lab that starts the same state again, all of one commit, in the order of their creation.
 *
 * @param classNames only these, with their subclasses; all when undefined
 * @throws LabPrintError for what MOF has no form for
 */
export async function exportLab(
  store: Pick<InstanceStore, 'batches'>,
  { name: namespace, schema }: Namespace,
  classNames: readonly string[] | undefined,
): Promise<ExportedLab> {
  const isWanted = ({ className, path }: CimInstance) =>
    path !== undefined &&
    sameNamespace(path.namespace ?? '', namespace) &&
    !isOfNamespaces(className) &&
    (classNames === undefined || classNames.some((name) => schema.isA(className, name)));
  const wanted: CimInstance[] = [];
  for await (const batch of store.batches()) for (const one of batch) if (isWanted(one)) wanted.push(one);
  return {
    mof: printLab(wanted, (name) => schema.findClass(name)),
    instances: wanted.length,
    classes: new Set(wanted.map(({ className }) => className)).size,
  };
}

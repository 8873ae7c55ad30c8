import { createNamespaces } from '../cim/contracts/namespaces.js';
import type { State } from '../cim/contracts/state.js';
import { StateError } from '../cim/contracts/state-error.js';
import { createUuidSource, type UuidRow } from '../cim/contracts/uuid-source.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { ModelContent } from '../lab/snapshot.js';
import { namedOrigin } from './named-origin.js';
import type { StoreParts } from './open-store.js';
import type { EndpointOptions } from './options/endpoint-options.js';

/**
 * Begins with a state that outlives the process: applies the lab, or goes on with what is there. Nothing of it is read for that, however
 * much there is: a reset compiles the lab again.
 *
 * @throws StateError
 */
export async function durableStart(
  state: State,
  options: EndpointOptions,
  instances: readonly CimInstance[],
  { tree, logger, readModel }: StoreParts,
): Promise<{ wasFound: boolean; newUuid: UuidRow; start(): Promise<ModelContent> }> {
  const [{ applyLab }, { labDigest, originOf }] = await Promise.all([
    import('../state/apply-lab.js'),
    import('../state/state-origin.js'),
  ]);
  const origin = originOf(namedOrigin(options), instances, tree.namespaces);
  const wasFound = await applyLab(state, origin, instances, createNamespaces(tree.namespaces), tree);
  const row = state.isShared ? undefined : options.seed;
  if (state.isShared && options.seed !== undefined)
    logger.warn(
      { state: state.place },
      'others may have the same state: generated names are random, whatever seed says',
    );
  return {
    wasFound,
    newUuid: wasFound ? createUuidSource(row, await state.store.version()) : createUuidSource(row),
    async start() {
      const again = await readModel();
      if (labDigest(again.instances) !== origin.labDigest)
        throw new StateError(`the lab ${origin.lab} is not what it was when the endpoint started: start it again`);
      return { instances: [...tree.instances, ...again.instances], names: createUuidSource(row).position() };
    },
  };
}

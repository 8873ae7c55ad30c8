import type { UuidRow } from '../../cim/contracts/uuid-source.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { hostView } from '../../store/hosts/host-view.js';
import type { ModelStateParts } from '../open-model-state.js';
import type { OwnParts, PreparedHost } from '../prepare-host.js';
import type { PlacedHost } from './placement.js';

/**
 * What sets the model of one host back: the namespaces that it has of its own. Generated names are in one row for all hosts, which stays where
 * it is.
 *
 * @param all the parts of the whole model
 */
export function hostStateParts(
  all: ModelStateParts,
  { scope, translation }: PlacedHost,
  { store, contexts }: Pick<OwnParts, 'store' | 'contexts'>,
  { cim, namespaces, wentOn, resetProviders, power }: PreparedHost,
): ModelStateParts {
  const isOwn = ({ path }: CimInstance) => translation.isOwn(path?.namespace ?? '');
  return {
    ...all,
    whole: hostView(all.whole, scope),
    ...{ cim, store, contexts, namespaces, wentOn, resetProviders, powerOn: () => power.start() },
    newUuid: Object.assign((() => all.newUuid()) as UuidRow, { position: all.newUuid.position, goTo: () => undefined }),
    async start() {
      const { instances, names } = await all.start();
      return { instances: instances.filter(isOwn).map((one) => translation.seenInstance(one)), names };
    },
    async content() {
      return (await all.whole.all()).filter(isOwn).map((one) => translation.seenInstance(one));
    },
  };
}

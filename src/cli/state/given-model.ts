import { createNamespaces, type Namespaces } from '../../cim/contracts/namespaces.js';
import type { EffectiveSettings } from '../../config/effective-settings.js';
import { endpointOptionsOf } from '../../config/endpoint-options-of.js';
import { originOf, type StateOrigin } from '../../state/state-origin.js';

/** The lab and the classes that settings mean, compiled. */
export interface GivenModel {
  readonly namespaces: Namespaces;
  readonly origin: StateOrigin;
}

/** @throws OptionError, ModelError */
export async function givenModel(settings: EffectiveSettings): Promise<GivenModel> {
  const [{ loadModel }, { namedOrigin }, { namespaceTree }] = await Promise.all([
    import('../../endpoint/load-model.js'),
    import('../../endpoint/named-origin.js'),
    import('../../endpoint/namespace-tree.js'),
  ]);
  const options = endpointOptionsOf(settings);
  const { lab, schema, namespace, dialect } = settings.values;
  const model = await loadModel({
    ...{ defaultNamespace: namespace, dialect, cacheDir: undefined },
    labs: lab,
    schemaDirs: schema,
  });
  const tree = model.placement.storedTree(namespaceTree(model.namespaces));
  const origin = originOf(namedOrigin(options), model.instances, tree.namespaces);
  return { namespaces: createNamespaces(tree.namespaces), origin };
}

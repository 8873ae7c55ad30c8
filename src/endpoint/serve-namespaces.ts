import { createNamespaces, type Namespaces } from '../cim/contracts/namespaces.js';
import type { ServedNamespace } from '../cim/create-handler.js';
import { NameMap } from '../cim/name-map.js';
import { iscsiTargetProviders } from '../iscsitarget/providers.js';
import { ISCSI_TARGET_NAMESPACE } from './iscsi-target-namespace.js';
import type { Model } from './load-model.js';
import type { ModelOptions } from './options/model-options.js';
import { placeProviders } from './place-providers.js';

/**
 * The namespaces of a model with the behaviour of their classes, built in and given.
 *
 * @throws ModelError for a provider of a class that there is not
 */
export function serveNamespaces(
  model: Model,
  { providers: given = [], profile = 'smi-s' }: ModelOptions,
): Namespaces<ServedNamespace> {
  const providersIn = placeProviders(model, given, ISCSI_TARGET_NAMESPACE);
  return createNamespaces(
    model.namespaces.map(({ name, schema }) => {
      const builtIn = isIscsiTarget(name) ? iscsiTargetProviders(profile) : [];
      const providers = [...builtIn, ...providersIn(name)].map((one) => [one.className, one] as const);
      return { name, schema, providers: new NameMap(providers) };
    }),
  );
}

function isIscsiTarget(namespace: string): boolean {
  return namespace.toLowerCase() === ISCSI_TARGET_NAMESPACE.toLowerCase();
}

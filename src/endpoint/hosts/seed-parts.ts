import type { InstanceStore } from '../../cim/contracts/instance-store.js';
import { createNamespaces, type Namespaces } from '../../cim/contracts/namespaces.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { putInstances } from '../../lab/put-instances.js';
import type { MofDialectChoice } from '../../mof/dialect.js';
import type { NamespaceTree } from '../namespace-tree.js';
import type { ReadSeed } from '../seed-model.js';
import type { Placement } from './placement.js';

/** Where seeds are put. */
export interface SeedPlace {
  readonly namespaces: Namespaces;
  /** The namespaces of the store. */
  readonly storedTree: NamespaceTree;
  readonly placement: Placement;
  readonly store: InstanceStore;
  readonly defaultNamespace: string;
  /** How MOF is read. */
  readonly dialect: MofDialectChoice;
}

/** What reads seeds, and puts them where they belong. */
export interface SeedParts {
  readonly storedNamespaces: Namespaces;
  readonly readSeed: ReadSeed;
  /** For the default host, unless they say to be another's. */
  putSeed(instances: readonly CimInstance[]): Promise<void>;
  /** The same for one host. */
  putSeedOn(host: string | undefined, instances: readonly CimInstance[]): Promise<void>;
}

export function seedParts(place: SeedPlace): SeedParts {
  const { namespaces, placement, store, storedTree } = place;
  const storedNamespaces = createNamespaces(storedTree.namespaces);
  let reading: Promise<ReadSeed> | undefined;
  const putSeedOn: SeedParts['putSeedOn'] = (host, instances) => {
    const placed = instances.map((one) => placement.placeOn(host, one));
    return store.transaction((each) => putInstances(each, placed, storedNamespaces), { id: 'seed', user: undefined });
  };
  return {
    storedNamespaces,
    async readSeed(sources) {
      const { defaultNamespace, dialect } = place;
      const hosts = [...placement.names];
      reading ??= import('../seed-model.js').then(({ seedReader }) =>
        seedReader({ namespaces, hosts, defaultNamespace, dialect }),
      );
      return (await reading)(sources);
    },
    putSeed: (instances) => putSeedOn(undefined, instances),
    putSeedOn,
  };
}

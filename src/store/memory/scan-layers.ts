import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstanceIndex } from './instance-index.js';

type Snapshot = ReturnType<InstanceIndex['snapshot']>;

/** What a transaction sees of a class. Instances keep their place in the order when they are changed; new ones follow. */
export async function* scanLayers(
  committed: Snapshot,
  superseded: ReadonlyMap<CimInstance, CimInstance | undefined>,
  written: Snapshot,
): AsyncGenerator<CimInstance> {
  const inPlace = new Set(superseded.values());
  for (const items of committed) {
    for (const item of items) {
      const seen = superseded.has(item) ? superseded.get(item) : item;
      if (seen) yield seen;
    }
  }
  for (const items of written) {
    for (const item of items) if (!inPlace.has(item)) yield item;
  }
}

import type { CimInstance } from '../../cim/model/cim-instance.js';

/** Hands out the instances of an extent's snapshot one by one. */
export async function* scanSnapshot(snapshot: readonly (readonly CimInstance[])[]): AsyncGenerator<CimInstance> {
  for (const items of snapshot) yield* items;
}

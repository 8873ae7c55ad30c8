import { type InstancePath, normalizeNamespace } from '../../cim/model/instance-path.js';
import { foldName } from '../../cim/model/name-map.js';

/** Counts paths by namespace and class. Nearly nobody asks for the counts, so adding costs next to nothing. */
export class ClassCounts {
  readonly #counts = new Map<string, number>();
  /** Not counted yet. */
  readonly #added: InstancePath[] = [];

  add(path: InstancePath): void {
    this.#added.push(path);
  }

  get(namespace: string, className: string): number {
    for (const path of this.#added) {
      const key = keyOf(path.namespace ?? '', path.className);
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
    this.#added.length = 0;
    return this.#counts.get(keyOf(normalizeNamespace(namespace), className)) ?? 0;
  }
}

/** Equal for the same namespace and class, however they are written. */
function keyOf(namespace: string, className: string): string {
  return `${foldName(namespace)}:${foldName(className)}`;
}

import type { CimInstance } from '../../cim/cim-instance.js';
import type { Namespace } from '../../cim/contracts/namespaces.js';

/** An item as it goes into an answer. */
export interface WrittenItem {
  readonly xml: string;
  /** Its size in UTF-8. */
  readonly bytes: number;
}

/** Markup with its size. */
export function measured(xml: string): WrittenItem {
  return { xml, bytes: Buffer.byteLength(xml) };
}

/** Characters kept for each namespace: some ten thousand items. */
const MAX_CHARACTERS = 8 * 1024 * 1024;

/**
 * Items written before, in the shape that was asked for last. Clients list the same instances over and over; instances
 * are values, so what was written of one stays right.
 */
export class ItemCache {
  #items = new WeakMap<CimInstance, { readonly shape: string; readonly item: WrittenItem }>();
  #room = MAX_CHARACTERS;

  /**
   * The item of an instance.
   *
   * @param shape whatever else than the instance decides about the item
   */
  get(instance: CimInstance, shape: string, write: (instance: CimInstance) => string): WrittenItem {
    const known = this.#items.get(instance);
    if (known?.shape === shape) return known.item;
    const item = measured(write(instance));
    this.#room -= item.xml.length;
    if (this.#room < 0) {
      this.#items = new WeakMap();
      this.#room = MAX_CHARACTERS;
    }
    this.#items.set(instance, { shape, item });
    return item;
  }
}

const caches = new WeakMap<Namespace, ItemCache>();

/** The items of a namespace. */
export function itemCacheOf(namespace: Namespace): ItemCache {
  let cache = caches.get(namespace);
  if (!cache) {
    cache = new ItemCache();
    caches.set(namespace, cache);
  }
  return cache;
}

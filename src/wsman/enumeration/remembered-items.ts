import type { Namespace } from '../../cim/contracts/namespaces.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { Remembered, Room } from '../../cim/remembered.js';
import { bytesOfText } from '../../strings/message-memory.js';

/** An item as it goes into an answer. */
export interface WrittenItem {
  readonly xml: string;
  /** Its size in UTF-8. */
  readonly bytes: number;
}

/** Writes an item; what is large is to be waited for. */
export type MarkupWriter = (instance: CimInstance) => string | Promise<string>;

/** Markup with its size. */
export function measured(xml: string): WrittenItem {
  return { xml, bytes: Buffer.byteLength(xml) };
}

/** Kept of all namespaces: some ten thousand items. */
const MAX_BYTES = 8 * 1024 * 1024;

const room = new Room<WrittenItem>({ most: MAX_BYTES }, ({ xml }) => bytesOfText(xml));

/** Items written before, in the shape that was asked for last: clients list the same instances over and over. */
export class RememberedItems {
  readonly #items = new Remembered<WrittenItem>(room);

  /**
   * The item of an instance.
   *
   * @param shape whatever else than the instance decides about the item
   */
  get(instance: CimInstance, shape: string, write: (instance: CimInstance) => string): WrittenItem;
  get(instance: CimInstance, shape: string, write: MarkupWriter): WrittenItem | Promise<WrittenItem>;
  get(instance: CimInstance, shape: string, write: MarkupWriter): WrittenItem | Promise<WrittenItem> {
    const known = this.#items.find(instance, shape);
    if (known !== undefined) return known;
    const keep = (xml: string) => this.#items.keep(instance, shape, measured(xml));
    const writing = write(instance);
    return typeof writing === 'string' ? keep(writing) : writing.then(keep);
  }
}

const remembered = new WeakMap<Namespace, RememberedItems>();

/** The items of a namespace. */
export function rememberedItemsOf(space: Namespace): RememberedItems {
  let known = remembered.get(space);
  if (!known) {
    known = new RememberedItems();
    remembered.set(space, known);
  }
  return known;
}

import type { CimInstance } from '../cim/cim-instance.js';

/** Instances per cell: what a write copies at most, and what a removal searches. */
const CELL_SIZE = 256;

/** A run of instances in the order of their creation. `items` is never changed once a snapshot shares it. */
export interface ExtentCell {
  items: CimInstance[];
  /** The extent's epoch when `items` was made; snapshots may share arrays of earlier epochs. */
  epoch: number;
}

/**
 * The instances of one class in the order of their creation, cut into cells, so that a snapshot shares the cells and
 * a later write copies only the one it touches. Nobody has to say when a snapshot is done with.
 */
export class Extent {
  readonly #cells = new Set<ExtentCell>();
  #tail: ExtentCell | undefined;
  #epoch = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds an instance at the end; the cell is where {@link replace} and {@link remove} find it again. */
  append(instance: CimInstance): ExtentCell {
    let cell = this.#tail;
    if (!cell || cell.items.length >= CELL_SIZE) {
      cell = { items: [], epoch: this.#epoch };
      this.#cells.add(cell);
      this.#tail = cell;
    }
    this.#writableItems(cell).push(instance);
    this.#size += 1;
    return cell;
  }

  replace(cell: ExtentCell, before: CimInstance, after: CimInstance): void {
    if (before === after) return;
    const items = this.#writableItems(cell);
    items[items.indexOf(before)] = after;
  }

  remove(cell: ExtentCell, instance: CimInstance): void {
    const items = this.#writableItems(cell);
    items.splice(items.indexOf(instance), 1);
    this.#size -= 1;
    if (items.length > 0) return;
    this.#cells.delete(cell);
    if (this.#tail === cell) this.#tail = undefined;
  }

  /** The instances as they are now, cell by cell; later writes do not show. */
  snapshot(): readonly (readonly CimInstance[])[] {
    this.#epoch += 1;
    return Array.from(this.#cells, (cell) => cell.items);
  }

  #writableItems(cell: ExtentCell): CimInstance[] {
    if (cell.epoch !== this.#epoch) {
      cell.items = cell.items.slice();
      cell.epoch = this.#epoch;
    }
    return cell.items;
  }
}

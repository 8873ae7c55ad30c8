import type { CimInstance } from '../../cim/model/cim-instance.js';

/** Instances per cell: what a write copies at most. */
const CELL_SIZE = 256;

/** A run of instances in the order of their creation. `items` is never changed once a snapshot shares it. */
export interface ExtentCell {
  items: CimInstance[];
  /** The extent's epoch when `items` was made; snapshots may share arrays of earlier epochs. */
  epoch: number;
  /** Of each item: its number in the order of creation. */
  readonly sequences: number[];
}

/** Instances from a place on, and whether there are more after them. */
export interface ExtentPage {
  readonly items: readonly CimInstance[];
  /** The number of the last item when more follow within the bound. */
  readonly next: number | undefined;
}

/**
 * The instances of one class in the order of their creation, cut into cells, so that a snapshot shares the cells and
 * a later write copies only the one it touches. Nobody has to say when a snapshot is done with.
 */
export class Extent {
  /** In order, none of them empty. */
  readonly #cells: ExtentCell[] = [];
  #epoch = 0;
  #size = 0;
  #revision: number;

  /** @param revision greater than any that an extent of the same class has had before */
  constructor(revision = 0) {
    this.#revision = revision;
  }

  get size(): number {
    return this.#size;
  }

  /** Another number after each change. */
  get revision(): number {
    return this.#revision;
  }

  /** Its revisions are greater by this from here on. */
  moveRevision(by: number): void {
    this.#revision += by;
  }

  /**
   * Adds an instance at the end, with a number greater than those before; the cell is where {@link replace} and
   * {@link remove} find it again.
   */
  append(instance: CimInstance, sequence: number): ExtentCell {
    let cell = this.#cells.at(-1);
    if (!cell || cell.items.length >= CELL_SIZE) {
      cell = { items: [], epoch: this.#epoch, sequences: [] };
      this.#cells.push(cell);
    }
    this.#writableItems(cell).push(instance);
    cell.sequences.push(sequence);
    this.#size += 1;
    this.#revision += 1;
    return cell;
  }

  /** @param sequence the number with which the instance was added */
  replace(cell: ExtentCell, sequence: number, after: CimInstance): void {
    const index = firstAtLeast(cell.sequences, sequence);
    if (cell.items[index] === after) return;
    this.#writableItems(cell)[index] = after;
    this.#revision += 1;
  }

  /** @param sequence the number with which the instance was added */
  remove(cell: ExtentCell, sequence: number): void {
    const index = firstAtLeast(cell.sequences, sequence);
    if (cell.items.length === 1) this.#cells.splice(this.#cellIndex(sequence), 1);
    this.#writableItems(cell).splice(index, 1);
    cell.sequences.splice(index, 1);
    this.#size -= 1;
    this.#revision += 1;
  }

  /** The instances as they are now, cell by cell; later writes do not show. */
  snapshot(): readonly (readonly CimInstance[])[] {
    this.#epoch += 1;
    return this.#cells.map((cell) => cell.items);
  }

  /** Each instance with its number, in the order of their creation. */
  *numbered(): IterableIterator<readonly [sequence: number, instance: CimInstance]> {
    for (const { items, sequences } of this.#cells) {
      for (let at = 0; at < items.length; at += 1) yield [sequences[at] ?? 0, items[at] as CimInstance];
    }
  }

  /** At most `limit` instances with numbers greater than `after` and not greater than `last`. */
  page(after: number, last: number, limit: number): ExtentPage {
    const items: CimInstance[] = [];
    let reached = after;
    for (let at = this.#cellIndex(after + 1); at < this.#cells.length; at += 1) {
      // The loop ends before the end of the list.
      const { items: all, sequences } = this.#cells[at] as ExtentCell;
      for (let index = firstAtLeast(sequences, reached + 1); index < sequences.length; index += 1) {
        const sequence = sequences[index] ?? 0;
        if (sequence > last) return { items, next: undefined };
        if (items.length === limit) return { items, next: reached };
        items.push(all[index] as CimInstance);
        reached = sequence;
      }
    }
    return { items, next: undefined };
  }

  /** The cell that holds the number, or the first with greater ones. */
  #cellIndex(sequence: number): number {
    let [low, high] = [0, this.#cells.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#cells[middle]?.sequences.at(-1) ?? 0) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #writableItems(cell: ExtentCell): CimInstance[] {
    if (cell.epoch !== this.#epoch) {
      cell.items = cell.items.slice();
      cell.epoch = this.#epoch;
    }
    return cell.items;
  }
}

function firstAtLeast(sorted: readonly number[], wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

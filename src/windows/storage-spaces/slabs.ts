/** The pieces in which pools give out their disks, in bytes: 256 MiB. */
export const SLAB = 268_435_456n;
/** Slabs of each disk that the pool has for itself. */
export const METADATA_SLABS = 1;

/** What a virtual disk has at most, in bytes: 63 TiB. */
export const MOST_BYTES = 69_269_232_549_888n;

/** Whole slabs of so many bytes. */
export function slabsIn(bytes: bigint): number {
  return Number(bytes / SLAB);
}

/**
 * How many stripes fit on disks, each of so many slabs on as many disks.
 *
 * @param free slabs of each disk
 */
export function mostStripes(free: readonly number[], width: number): number {
  let [least, most] = [0, Math.floor(sum(free) / width)];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (sum(free.map((one) => Math.min(one, middle))) >= middle * width) least = middle;
    else most = middle - 1;
  }
  return least;
}

/**
 * Spreads stripes over disks as evenly as they allow: of one stripe no disk has two slabs.
 *
 * @param free slabs of each disk
 * @returns slabs of each; undefined when they do not fit
 */
export function spread(free: readonly number[], width: number, stripes: number): readonly number[] | undefined {
  const wanted = width * stripes;
  const most = free.map((one) => Math.min(one, stripes));
  if (sum(most) < wanted) return undefined;
  let [low, high] = [0, stripes];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sum(most.map((one) => Math.min(one, middle))) >= wanted) high = middle;
    else low = middle + 1;
  }
  const taken = most.map((one) => Math.min(one, low));
  let over = sum(taken) - wanted;
  return taken
    .reverse()
    .map((one) => (over > 0 && one === low ? one - (over-- > 0 ? 1 : 0) : one))
    .reverse();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

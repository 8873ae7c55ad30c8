import { CimDateTime } from '../cim/model/cim-date-time.js';

/**
 * Compares datetimes with a constant on the time line: negative, 0 or positive. Undefined when the order is open:
 * between a timestamp and an interval, or because of a wildcard.
 */
export function compareWithDateTime(constant: CimDateTime): (value: CimDateTime) => number | undefined {
  const text = constant.toString();
  const isOpen = constant.hasWildcards;
  // With one offset the texts are in the order of the times, and reading a value's fields takes fifty times as long:
  // so the constant is written down once for each offset that values have.
  const textByOffset = new Map([[text.slice(21), text]]);
  return (value) => {
    const other = value.toString();
    if (other === text) return 0;
    if (isOpen || value.isInterval !== constant.isInterval || value.hasWildcards) return undefined;
    const offset = other.slice(21);
    let same = textByOffset.get(offset);
    if (same === undefined) {
      same = atOffset(constant, offset);
      textByOffset.set(offset, same);
    }
    return other < same ? -1 : other > same ? 1 : 0;
  };
}

/** A timestamp's text at another offset (`+060`); before or behind all others when it leaves the years 0 to 9999. */
function atOffset(constant: CimDateTime, offset: string): string {
  const minutes = Number(offset);
  const moment = (constant.microseconds ?? 0n) + BigInt(minutes) * 60_000_000n;
  const fraction = ((moment % 1000n) + 1000n) % 1000n;
  try {
    const local = CimDateTime.fromDate(new Date(Number((moment - fraction) / 1000n))).toString();
    return local.slice(0, 18) + String(fraction).padStart(3, '0') + offset;
  } catch (error) {
    if (error instanceof RangeError) return moment < 0n ? '' : '~';
    throw error;
  }
}

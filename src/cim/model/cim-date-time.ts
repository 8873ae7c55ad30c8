const TIMESTAMP = /^(\d{4}|\*{4})((?:\d\d|\*\*){5})\.([\d*]{6})([+-])(\d{3}|\*{3})$/;
/** WMI writes an asterisk for the sign as well when everything is open. */
const WMI_ANY_TIMESTAMP = '**************.**********';
const INTERVAL = /^(\d{8}|\*{8})((?:\d\d|\*\*){3})\.([\d*]{6}):000$/;
const FRACTION = /^\d*\**$/;

/** The fields of a {@link CimDateTime}; undefined where the value has a wildcard. */
export interface CimDateTimeFields {
  /** 0 for intervals. */
  readonly year: number | undefined;
  readonly month: number | undefined;
  /** Day of the month, or number of days of an interval. */
  readonly day: number | undefined;
  readonly hour: number | undefined;
  readonly minute: number | undefined;
  readonly second: number | undefined;
  /** 0…999999, with unknown digits as 0; undefined when all six are wildcards. */
  readonly microsecond: number | undefined;
  /** Minutes east of UTC; undefined for intervals and wildcards. */
  readonly offset: number | undefined;
}

/**
 * A CIM datetime (DSP0004 §5.2.4): a timestamp `yyyymmddhhmmss.mmmmmmsutc` or an interval `ddddddddhhmmss.mmmmmm:000`,
 * either with asterisks from some field down to the least significant one. The 25-character text is the value, so
 * nothing is lost on the way through.
 */
export class CimDateTime {
  readonly #text: string;
  readonly isInterval: boolean;

  private constructor(text: string) {
    this.#text = text;
    this.isInterval = text[21] === ':';
  }

  /** Reads the 25-character form. @throws RangeError that says which field is wrong */
  static parse(text: string): CimDateTime {
    const problem = text.length === 25 ? findProblem(text) : 'it must have 25 characters';
    if (problem) throw new RangeError(`'${text.slice(0, 40)}' is not a CIM datetime: ${problem}`);
    return new CimDateTime(text);
  }

  /** A timestamp in UTC, to the millisecond. @throws RangeError outside the years 0 to 9999 */
  static fromDate(date: Date): CimDateTime {
    const iso = date.toISOString();
    if (iso.length !== 24) throw new RangeError(`${iso} is outside the years a CIM datetime can hold`);
    return CimDateTime.parse(`${iso.replace(/[-T:]/g, '').slice(0, 18)}000+000`);
  }

  /** An interval of a whole number of microseconds. @throws RangeError when negative or above 99,999,999 days */
  static interval(microseconds: bigint): CimDateTime {
    const seconds = microseconds / 1_000_000n;
    const days = seconds / 86_400n;
    if (microseconds < 0n || days > 99_999_999n)
      throw new RangeError(`an interval of ${microseconds} µs is out of range`);
    const part = (value: bigint, width: number) => value.toString().padStart(width, '0');
    const time = part((seconds / 3600n) % 24n, 2) + part((seconds / 60n) % 60n, 2) + part(seconds % 60n, 2);
    return CimDateTime.parse(`${part(days, 8)}${time}.${part(microseconds % 1_000_000n, 6)}:000`);
  }

  get hasWildcards(): boolean {
    return this.#text.includes('*');
  }

  get fields(): CimDateTimeFields {
    const field = (start: number, end: number) => digits(this.#text.slice(start, end));
    const fraction = this.#text.slice(15, 21);
    const date = this.isInterval
      ? { year: 0, month: 0, day: field(0, 8) }
      : { year: field(0, 4), month: field(4, 6), day: field(6, 8) };
    return {
      ...date,
      hour: field(8, 10),
      minute: field(10, 12),
      second: field(12, 14),
      microsecond: fraction === '******' ? undefined : Number(fraction.replaceAll('*', '0')),
      offset: this.isInterval ? undefined : signed(this.#text[21], digits(this.#text.slice(22))),
    };
  }

  /**
   * Position on the time line in microseconds: since 1970-01-01T00:00Z for timestamps, length for intervals.
   * Undefined when a wildcard leaves it open.
   */
  get microseconds(): bigint | undefined {
    if (this.hasWildcards) return undefined;
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microsecond = 0, offset = 0 } = this.fields;
    const time = BigInt(hour * 3600 + minute * 60 + second) * 1_000_000n + BigInt(microsecond);
    if (this.isInterval) return BigInt(day) * 86_400_000_000n + time;
    const midnight = new Date(0);
    midnight.setUTCFullYear(year, month - 1, day);
    return BigInt(midnight.getTime()) * 1000n + time - BigInt(offset) * 60_000_000n;
  }

  /** The same moment or the same length, whatever the offset; with wildcards, the same text. */
  equals(other: CimDateTime): boolean {
    if (this.#text === other.#text) return true;
    return (
      this.isInterval === other.isInterval &&
      this.microseconds !== undefined &&
      this.microseconds === other.microseconds
    );
  }

  toString(): string {
    return this.#text;
  }
}

function findProblem(text: string): string | undefined {
  if (text[21] === ':') {
    const match = INTERVAL.exec(text);
    if (!match) return 'an interval has the form ddddddddhhmmss.mmmmmm:000';
    return checkWildcards(text) ?? checkTime(text);
  }
  if (text === WMI_ANY_TIMESTAMP) return undefined;
  const match = TIMESTAMP.exec(text);
  if (!match) return 'a timestamp has the form yyyymmddhhmmss.mmmmmmsutc';
  return checkWildcards(text) ?? checkDate(text) ?? checkTime(text);
}

function checkWildcards(text: string): string | undefined {
  const fraction = text.slice(15, 21);
  if (!FRACTION.test(fraction)) return 'no digit may follow an asterisk in the fraction';
  const fields = text.slice(0, 14) + fraction;
  const first = fields.indexOf('*');
  if (first >= 0 && /\d/.test(fields.slice(first))) return 'every field below a wildcard must be a wildcard';
  return undefined;
}

function checkDate(text: string): string | undefined {
  const year = digits(text.slice(0, 4));
  const month = digits(text.slice(4, 6));
  const day = digits(text.slice(6, 8));
  if (month !== undefined && (month < 1 || month > 12)) return `month ${text.slice(4, 6)} does not exist`;
  if (day !== undefined && (day < 1 || day > daysIn(year ?? 2000, month ?? 1)))
    return `day ${text.slice(6, 8)} does not exist`;
  return undefined;
}

function checkTime(text: string): string | undefined {
  if ((digits(text.slice(8, 10)) ?? 0) > 23) return `hour ${text.slice(8, 10)} does not exist`;
  if ((digits(text.slice(10, 12)) ?? 0) > 59) return `minute ${text.slice(10, 12)} does not exist`;
  if ((digits(text.slice(12, 14)) ?? 0) > 59) return `second ${text.slice(12, 14)} does not exist`;
  return undefined;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function digits(text: string): number | undefined {
  return text.includes('*') ? undefined : Number(text);
}

function signed(sign: string | undefined, minutes: number | undefined): number | undefined {
  return minutes === undefined ? undefined : sign === '-' ? -minutes : minutes;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const YEAR = '(\\d{4}|\\d{2})';
const DAY = '(\\d{1,2})';
/** Between the parts of a date with the name of a month. */
const GAP = '[\\s,./-]+';

/** What the parts of a form are, in its order. */
type Order = 'Mdy' | 'dMy' | 'Myd' | 'dyM' | 'yMd' | 'ydM' | 'My' | 'yM' | 'y';

/** The forms with the name of a month, in the order of Microsoft's page: of several that fit, the first that is a date counts. */
const named: readonly (readonly [RegExp, Order])[] = [
  [form(MONTH, GAP, DAY, GAP, YEAR), 'Mdy'],
  [form(MONTH, GAP, '(\\d{4})'), 'My'],
  [form(MONTH, GAP, YEAR, GAP, DAY), 'Myd'],
  [form(DAY, '[\\s./-]*', MONTH, '[\\s,./-]*', YEAR), 'dMy'],
  [form(DAY, GAP, YEAR, GAP, MONTH), 'dyM'],
  [form(YEAR, GAP, MONTH, GAP, DAY), 'yMd'],
  [form(YEAR, GAP, MONTH), 'yM'],
  [form(YEAR, GAP, DAY, GAP, MONTH), 'ydM'],
];

/**
 * Numbers with one sign between them: the month comes first, as in the United States, unless the numbers say otherwise. A year
 * of four digits is where it is; before month and day it is followed by the month, as in ISO 8601.
 */
const numbers: readonly (readonly [RegExp, Order])[] = [
  [/^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/, 'Mdy'],
  [/^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/, 'dMy'],
  [/^(\d{1,2})([/.-])(\d{4}|\d{2})\2(\d{1,2})$/, 'Myd'],
  [/^(\d{1,2})([/.-])(\d{4}|\d{2})\2(\d{1,2})$/, 'dyM'],
  [/^(\d{4}|\d{2})([/.-])(\d{1,2})\2(\d{1,2})$/, 'yMd'],
  [/^(\d{4}|\d{2})([/.-])(\d{1,2})\2(\d{1,2})$/, 'ydM'],
  [/^(\d{4})([/.-])(\d{1,2})$/, 'yM'],
  // Six digits that begin with a year of our days are year and month.
  [/^((?:19|20)\d\d)()(\d\d)$/, 'yM'],
  [/^(\d{4}|\d{2})()(\d\d)()(\d\d)$/, 'yMd'],
  [/^(\d{4})$/, 'y'],
];

/**
 * Reads a date in a form of Microsoft's page on WQL's date formats: a month by its name or its first three letters with day and
 * year in any order, or with the year alone; month, day and year as numbers with `/`, `-` or `.` between them, in US order where
 * several would do; `yyyymmdd`, `yymmdd`, `yyyymm`, `yyyy-mm` and `yyyy`. Years of two digits are those from 1930 to 2029.
 *
 * @returns `yyyymmdd`; undefined when it is no date of the calendar
 */
export function parseDate(text: string): string | undefined {
  for (const [pattern, order] of /[a-z]/i.test(text) ? named : numbers) {
    const found = pattern
      .exec(text)
      ?.slice(1)
      .filter((part) => /\w/.test(part));
    const date = found && dateOf(found, order);
    if (date !== undefined) return date;
  }
  return undefined;
}

function form(...parts: readonly string[]): RegExp {
  return new RegExp(`^${parts.join('')}$`, 'i');
}

function dateOf(parts: readonly string[], order: Order): string | undefined {
  const part = (letter: string) => parts[order.indexOf(letter)];
  const year = yearOf(part('y') ?? '');
  const month = monthOf(part('M') ?? '1');
  const day = Number(part('d') ?? 1);
  // Day 0 of the month behind is the last of this one; that year has 366 days or 365 as the real one.
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()) {
    return undefined;
  }
  return String(year).padStart(4, '0') + String(month).padStart(2, '0') + String(day).padStart(2, '0');
}

function yearOf(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year + (year < 30 ? 2000 : 1900);
}

function monthOf(text: string): number {
  const name = MONTHS.findIndex((month) => text.toLowerCase().startsWith(month));
  return name < 0 ? Number(text) : name + 1;
}

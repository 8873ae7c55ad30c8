import { rememberByText } from '../../strings/remember-by-text.js';

const DURATION =
  /^(-)?P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,9}))?S)?)?$/;

/**
 * Milliseconds of an xs:duration (`PT60.000S`, `PT1M`); undefined when the text is none. Years and months count as 365
 * and 30 days: timeouts need no calendar.
 */
export const parseDuration = rememberByText(parse, { entries: 64, length: 64 });

function parse(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match || /[PT]$/.test(text)) return undefined;
  const [, sign, years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0, fraction = ''] = match;
  const wholeDays = Number(years) * 365 + Number(months) * 30 + Number(days);
  const wholeSeconds = wholeDays * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const milliseconds = wholeSeconds * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
  return sign ? -milliseconds : milliseconds;
}

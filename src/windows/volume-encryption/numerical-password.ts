const GROUPS = 8;
/** A group holds 16 bits, times 11: so one wrong digit, or two in the wrong order, are seen. */
const FACTOR = 11;
const LIMIT = 65_536 * FACTOR;

/**
 * A numerical password as BitLocker writes it: eight groups of six digits with hyphens between them. Groups may be given with spaces
 * between them, or with nothing; each is a multiple of 11 below 720896.
 *
 * @returns undefined when it is none
 */
export function readNumericalPassword(text: string): string | undefined {
  const [, separator] = /^\d{6}([- ]?)\d/.exec(text) ?? [];
  if (separator === undefined) return undefined;
  const groups = separator === '' ? (text.match(/.{1,6}/gs) ?? []) : text.split(separator);
  const isRight = groups.length === GROUPS && groups.every((one) => /^\d{6}$/.test(one) && isGroup(Number(one)));
  return isRight ? groups.join('-') : undefined;
}

function isGroup(value: number): boolean {
  return value % FACTOR === 0 && value < LIMIT;
}

/** The password of eight numbers of 16 bits. */
export function passwordOf(numbers: readonly number[]): string {
  return numbers.map((one) => String(one * FACTOR).padStart(6, '0')).join('-');
}

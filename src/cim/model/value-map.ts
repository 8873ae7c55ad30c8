import type { CimQualifier } from './cim-class.js';
import { type NameMap, sameName } from './name-map.js';

interface Mapped {
  readonly qualifiers: NameMap<CimQualifier>;
}

/**
 * The code that an element's ValueMap gives to a label of its Values (DSP0004 §5.6.3.65): the first single number with
 * that label; ranges are passed over. Undefined when there is none.
 */
export function codeOf(element: Mapped, label: string): number | undefined {
  const codes = element.qualifiers.get('ValueMap')?.value;
  const labels = element.qualifiers.get('Values')?.value;
  if (!Array.isArray(codes) || !Array.isArray(labels)) return undefined;
  for (const [index, text] of labels.entries()) {
    const code: unknown = codes[index];
    if (typeof text !== 'string' || typeof code !== 'string') continue;
    if (sameName(text, label) && /^-?\d+$/.test(code)) return Number(code);
  }
  return undefined;
}

/** How value maps say that a method as such is not to be had; DMTF's say the first. */
const NOT_SUPPORTED = [
  'Not Supported',
  'Method not supported',
  'Method not supported on this platform',
  'Platform not supported',
  'Operation not supported',
  'Request not supported',
];

/** What a method answers when an endpoint does not offer it, by the method's own value map. */
export function notSupportedCode(method: Mapped): number | undefined {
  for (const label of NOT_SUPPORTED) {
    const code = codeOf(method, label);
    if (code !== undefined) return code;
  }
  return undefined;
}

/**
 * Whether a method answers with a code that something goes on, and what it wrote is kept: its value map says "Method Parameters Checked - Job Started"
 * (or "… - Transition Started") of it, or that it succeeded with something left to do: "Success, scheduled on reboot". The number alone
 * does not tell: 4096 is "Busy" or "already created" elsewhere.
 */
export function isStartedCode(method: Mapped, code: number): boolean {
  const codes = method.qualifiers.get('ValueMap')?.value;
  const labels = method.qualifiers.get('Values')?.value;
  const label: unknown =
    Array.isArray(codes) && Array.isArray(labels) ? labels[codes.indexOf(String(code))] : undefined;
  return typeof label === 'string' && /\bstarted$|^success(?:ful)?\b/i.test(label);
}

/**
 * What an element's Values say of a code: the label beside it in ValueMap, or beside the range that it lies in (DSP0004
 * §5.6.3.65). Undefined when there is none.
 */
export function labelOf(element: Mapped, code: unknown): string | undefined {
  return labelAmong(element.qualifiers.get('Values')?.value, element.qualifiers.get('ValueMap')?.value, code);
}

/**
 * The same by the values of the two qualifiers.
 *
 * @param codes of ValueMap; undefined where there is none
 */
export function labelAmong(labels: unknown, codes: unknown, code: unknown): string | undefined {
  if (typeof code !== 'number' && typeof code !== 'bigint' && typeof code !== 'string') return undefined;
  if (!Array.isArray(labels)) return undefined;
  // Without a map the labels are counted from 0.
  const place = Array.isArray(codes) ? placeOfCode(codes, String(code)) : Number(code);
  const label: unknown = labels[place];
  return typeof label === 'string' ? label : undefined;
}

function placeOfCode(codes: readonly unknown[], code: string): number {
  const exact = codes.indexOf(code);
  return exact >= 0 ? exact : codes.findIndex((range) => typeof range === 'string' && isInRange(code, range));
}

/** `a..b`, `a..`, `..b`; `..` alone is whatever no other entry claims. */
function isInRange(code: string, range: string): boolean {
  const bounds = /^(-?\d*)\.\.(-?\d*)$/.exec(range);
  if (!bounds || !/^-?\d+$/.test(code)) return false;
  const [, low = '', high = ''] = bounds;
  const value = BigInt(code);
  return (low === '' || value >= BigInt(low)) && (high === '' || value <= BigInt(high));
}

import { didYouMean } from '../strings/nearest-name.js';
import { OptionError } from './option-error.js';

/**
 * Looks at the value of an option.
 *
 * @param name of the option, as `limits.maxConnections` or `users[0].name`; empty for the options as a whole
 * @throws OptionError
 */
export type OptionCheck = (name: string, value: unknown) => void;

/** A check for each member of `T`: a member that is added has none, and does not compile. */
export type MemberChecks<T> = Readonly<Record<keyof T, OptionCheck>>;

/** A list of names that short is told in full to whoever gave another one. */
const FEW = 12;
/** As much of a value as a message quotes. */
const QUOTED = 60;

export const text: OptionCheck = (name, value) => {
  if (typeof value !== 'string') throw wrong(name, value, 'a string');
};

export const flag: OptionCheck = (name, value) => {
  if (typeof value !== 'boolean') throw wrong(name, value, 'true or false');
};

export const callable: OptionCheck = (name, value) => {
  if (typeof value !== 'function') throw wrong(name, value, 'a function');
};

export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): OptionCheck {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  return (name, value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most)
      throw wrong(name, value, `a whole number ${range}`);
  };
}

/** One of some words. */
export function oneOf(...words: readonly string[]): OptionCheck {
  return (name, value) => {
    if (typeof value === 'string' && words.includes(value)) return;
    const hint = typeof value === 'string' ? didYouMean(value, words) : '';
    throw wrong(name, value, words.length === 1 ? `'${words[0]}'` : `one of ${words.join(', ')}`, hint);
  };
}

/** A word in the place of the value. */
export function orWord(word: string, check: OptionCheck): OptionCheck {
  return (name, value) => {
    if (value === word) return;
    try {
      check(name, value);
    } catch (error) {
      if (typeof value === 'object' || !(error instanceof OptionError)) throw error;
      throw new OptionError(`${error.message}, or '${word}'`);
    }
  };
}

export function listOf(check: OptionCheck): OptionCheck {
  return (name, value) => {
    if (!Array.isArray(value)) throw wrong(name, value, 'an array');
    value.forEach((one, index) => void check(`${name}[${index}]`, one));
  };
}

/** A string, or an array of one or more. */
export const oneOrMoreTexts: OptionCheck = (name, value) => {
  if (typeof value === 'string') return;
  if (!Array.isArray(value) || value.length === 0) throw wrong(name, value, 'a string or an array of strings');
  listOf(text)(name, value);
};

/**
 * An object whose members are these and no others. What is undefined counts as left out.
 *
 * @param required which of them must be there
 */
export function members<T>(checks: MemberChecks<T>, required: readonly (keyof T & string)[] = []): OptionCheck {
  const known: Readonly<Record<string, OptionCheck>> = checks;
  return (name, value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(name, value, 'an object');
    checkNames(name, value, Object.keys(known));
    const given = new Map(Object.entries(value).filter(([, one]) => one !== undefined));
    for (const member of required) if (!given.has(member)) throw new OptionError(`${prefix(name)}${member} is missing`);
    for (const [member, one] of given) known[member]?.(name === '' ? member : `${name}.${member}`, one);
  };
}

/** An object with members of these names, and no others, that all have to pass one check. */
export function membersNamed(names: readonly string[], check: OptionCheck): OptionCheck {
  return members(Object.fromEntries(names.map((name) => [name, check])));
}

/** An object, of whatever kind, that has these methods. */
export function withMethods(...methods: readonly string[]): OptionCheck {
  return (name, value) => {
    const missing = methods.find((method) => typeof (value as Record<string, unknown> | null)?.[method] !== 'function');
    if (missing !== undefined) throw wrong(name, value, `an object with the methods ${methods.join(', ')}`);
  };
}

/**
 * Refuses members that nobody knows: what is misspelt would be as if it were not there.
 *
 * @param name of the object; empty for the options as a whole
 * @throws OptionError that names the nearest name
 */
export function checkNames(name: string, given: object, known: readonly string[], what = 'option'): void {
  for (const member of Object.keys(given)) {
    if (known.includes(member)) continue;
    const hint = didYouMean(member, known);
    const all = hint === '' && known.length <= FEW ? `: there are ${known.join(', ')}` : hint;
    throw new OptionError(`${prefix(name)}unknown ${what} '${member.slice(0, QUOTED)}'${all}`);
  }
}

function prefix(name: string): string {
  return name === '' ? '' : `${name}: `;
}

function wrong(name: string, value: unknown, expected: string, hint = ''): OptionError {
  return new OptionError(`${name === '' ? 'the options' : name}: ${quote(name, value)} is not ${expected}${hint}`);
}

/** What was given, short; of a password only that it is wrong. */
function quote(name: string, value: unknown): string {
  if (/password/i.test(name)) return 'what was given';
  if (typeof value === 'string') return `'${value.length > QUOTED ? `${value.slice(0, QUOTED)}…` : value}'`;
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

import { isAbsolute, join } from 'node:path';
import { OptionError } from '../../options/option-error.js';
import type { Kind } from '../setting.js';

/** Any text. */
export function text(placeholder: string): Kind<string> {
  return { placeholder, read: (given) => given, schema: (type) => type.String({ minLength: 1 }) };
}

/** A file or folder. In a file of settings it is found from where that lies. */
export function path(placeholder: string, word?: string): Kind<string> {
  return { ...text(placeholder), fromFile: (given, folder) => pathFrom(folder, String(given), word) };
}

/** @param words that are no path */
export function pathFrom(folder: string, given: string, ...words: readonly (string | undefined)[]): string {
  return folder === '' || isAbsolute(given) || words.includes(given) ? given : join(folder, given);
}

/** One of some words. */
export function choice<const W extends string>(placeholder: string, words: readonly W[]): Kind<W> {
  return {
    placeholder,
    words,
    read: (given) => {
      const word = words.find((one) => one === given);
      if (word !== undefined) return word;
      throw new OptionError(`Allowed choices are ${words.join(', ')}.`);
    },
    schema: (type) => type.Union(words.map((word) => type.Literal(word))),
  };
}

const YES = /^(?:1|true|yes|on)$/i;
const NO = /^(?:0|false|no|off)$/i;

/** Whether text says yes or no; undefined: neither. */
export function yesOrNo(given: string): boolean | undefined {
  if (YES.test(given)) return true;
  return NO.test(given) ? false : undefined;
}

/** On with the flag alone; a variable says yes or no. */
export const onOff: Kind<boolean> = {
  placeholder: undefined,
  read: (given) => {
    const isOn = yesOrNo(given);
    if (isOn === undefined) throw new OptionError('expected true or false');
    return isOn;
  },
  schema: (type) => type.Boolean(),
};

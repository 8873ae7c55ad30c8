import { InvalidArgumentError } from 'commander';
import type { Kind } from '../config/setting.js';
import { OptionError } from '../options/option-error.js';

/** How commander reads the value of a flag, or of its variable. */
export function argumentParser<V>({ read }: Kind<V>): (text: string, previous: V | undefined) => V {
  return (text, previous) => {
    try {
      return read(text, previous);
    } catch (error) {
      throw error instanceof OptionError ? new InvalidArgumentError(error.message) : error;
    }
  };
}

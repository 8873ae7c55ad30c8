import { CimError } from './cim-error.js';
import type { InstancePath } from './instance-path.js';
import { type Backslashes, parseInstancePath } from './parse-instance-path.js';

/**
 * Reads an object path as {@link parseInstancePath} does, for those to whom a text that is none is no error of its own.
 *
 * @returns the path, or what is wrong with the text, without a full stop
 */
export function parseObjectPath(text: string, backslashes?: Backslashes): InstancePath | string {
  try {
    return parseInstancePath(text, backslashes);
  } catch (error) {
    if (error instanceof CimError) return error.message.replace(/\.$/, '');
    throw error;
  }
}

import type { CimClass } from './cim-class.js';
import { CimError } from './cim-error.js';
import type { InstancePath } from './instance-path.js';
import { sameName } from './name-map.js';
import { parseInstancePath } from './parse-instance-path.js';

/** What the key of `Class="value"` is called, which has no name (MS-WMI 2.2.1.1). */
const UNNAMED = '__key';

const PREFIX = /^\s*((?:[^"'=]*:)?)\s*([\p{L}_][\p{L}\p{N}_]*)\s*=/u;

/**
 * Reads an object path as WMI users write it: that of DSP0004 §8.2, values also in single quotes, and
 * `Class="value"` for a class with one key, whose name {@link keyNameOf} tells. A path without keys names the class.
 *
 * @returns the path, or what is wrong with it
 */
export function parseObjectPath(text: string): InstancePath | string {
  const named = text.trim().replace(PREFIX, (_, prefix: string, name: string) => `${prefix}${name}.${UNNAMED}=`);
  try {
    return parseInstancePath(withDoubleQuotes(named));
  } catch (error) {
    if (error instanceof CimError) return error.message.replace(/\.$/, '');
    throw error;
  }
}

/** Values in single quotes become values in double quotes; escapes stay as they are. */
function withDoubleQuotes(text: string): string {
  if (!text.includes("'")) return text;
  const parts: string[] = [];
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== undefined && character === '\\') {
      at += 1;
      parts.push(character, text.charAt(at));
    } else if (character === quote) {
      quote = undefined;
      parts.push('"');
    } else if (quote === undefined && `'"`.includes(character)) {
      quote = character;
      parts.push('"');
    } else {
      parts.push(quote === "'" && character === '"' ? '\\"' : character);
    }
  }
  return parts.join('');
}

/** The name of a key that a path names, or leaves to be understood; the name as it is when the class has not just one key. */
export function keyNameOf(name: string, { keys }: CimClass): string {
  const [only, second] = keys;
  return only && !second && sameName(name, UNNAMED) ? only.name : name;
}

import type { Kind } from '../setting.js';
import { pathFrom } from './text-kinds.js';

/** In the environment values stand one per line: a path may have a comma, and so may a common name. */
export function splitLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** A flag that may be repeated; in a file one text or a list of them. */
export function listOf(
  placeholder: string,
  split: (text: string) => readonly string[] = splitLines,
): Kind<readonly string[]> {
  return {
    placeholder,
    read: (text, previous = []) => [...previous, ...split(text)],
    schema: (type) =>
      type.Union([type.String({ minLength: 1 }), type.Array(type.String({ minLength: 1 }), { minItems: 1 })]),
    fromFile: (value) => (Array.isArray(value) ? value.map(String) : [String(value)]),
  };
}

/**
 * The same of files and folders, which in a file of settings are found from where that lies.
 *
 * @param isPath whether a value is one, and no name
 */
export function pathsOf(placeholder: string, isPath: (value: string) => boolean = () => true): Kind<readonly string[]> {
  const kind = listOf(placeholder);
  return {
    ...kind,
    fromFile: (value, folder) =>
      (kind.fromFile?.(value, folder) ?? []).map((one) => (isPath(one) ? pathFrom(folder, one) : one)),
  };
}

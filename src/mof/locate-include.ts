import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { IncludeError } from './include-error.js';

/**
 * The file that `#pragma include(path)` in the file `from` means: relative to that file, with either slash, and in another
 * case where there is none in this one, since Windows' file systems tell no cases apart.
 *
 * @param root the folder that includes may not leave, neither by `..` nor through symbolic links
 * @throws IncludeError for a file outside, and for no name of a file
 */
export function locateInclude(path: string, from: string, root: string): string {
  const portable = path.replaceAll('\\', '/');
  if (portable === '' || portable.includes('\0')) throw new IncludeError('the name of a file is expected');
  const outside = `${path} is outside the folder of the file that was given`;
  const folder = dirname(from);
  const isAbsolutePath = isAbsolute(portable) || /^[A-Za-z]:/.test(portable);
  if (isAbsolutePath || !isInside(resolve(join(folder, portable)), resolve(root))) throw new IncludeError(outside);
  const file = findInAnyCase(folder, portable);
  if (!isReallyInside(file, root)) throw new IncludeError(`${outside}: a symbolic link leads there`);
  return file;
}

/** True when the file is in the folder, whatever symbolic links are on the way, or does not exist. */
export function isReallyInside(file: string, folder: string): boolean {
  try {
    return isInside(realpathSync.native(file), realpathSync.native(folder));
  } catch {
    // What does not exist cannot be read either, and reading it says why.
    return true;
  }
}

function isInside(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

function findInAnyCase(folder: string, path: string): string {
  const exact = join(folder, path);
  if (existsSync(exact)) return exact;
  let found = folder;
  for (const part of path.split('/')) found = join(found, part === '..' ? part : spellingOf(part, found));
  return found;
}

/** The name as it is in the folder; the first by its spelling where there are several, and itself where there is none. */
function spellingOf(name: string, folder: string): string {
  if (existsSync(join(folder, name))) return name;
  try {
    const folded = name.toLowerCase();
    return (
      readdirSync(folder, 'utf8')
        .filter((other) => other.toLowerCase() === folded)
        .sort()[0] ?? name
    );
  } catch {
    return name;
  }
}

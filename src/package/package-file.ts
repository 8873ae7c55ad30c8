import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A file or folder that the package brings along, by its path from the package's root: the nearest folder with a package.json
 * above this code, which is in another place in the sources than in the build.
 */
export function packageFile(path: string): string {
  root ??= findRoot();
  return fileURLToPath(new URL(path, root));
}

let root: URL | undefined;

function findRoot(): URL {
  let folder = new URL('./', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) {
    const parent = new URL('../', folder);
    if (parent.href === folder.href) throw new Error('the package has lost its package.json');
    folder = parent;
  }
  return folder;
}

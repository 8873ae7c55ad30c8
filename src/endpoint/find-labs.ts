import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFile } from '../package/package-file.js';
import { nearestName } from '../strings/nearest-name.js';
import { ModelError } from './model-error.js';

/** The lab that is there when none is named. */
export const DEFAULT_LAB = 'two-servers';

/** The files of labs. `none` alone stands for no lab. @throws ModelError for one that there is not */
export async function findLabs(labs: readonly string[]): Promise<readonly string[]> {
  if (!labs.includes('none')) return Promise.all(labs.map(findLab));
  if (labs.length === 1) return [];
  throw new ModelError("the lab 'none' stands for no lab: name it alone, or leave it out");
}

/** And no lab that is named. */
export function isFile(lab: string): boolean {
  return /[\\/.]/.test(lab);
}

async function findLab(lab: string): Promise<string> {
  if (isFile(lab)) return lab;
  const folder = packageFile('fixtures/labs/');
  const builtIn = join(folder, `${lab}.mof`);
  if (existsSync(builtIn)) return builtIn;
  const names = (await readdir(folder)).filter((file) => file.endsWith('.mof')).map((file) => file.slice(0, -4));
  const hint = nearestName(lab, names);
  const meant = hint === undefined ? '' : ` (did you mean '${hint}'?)`;
  throw new ModelError(
    `there is no lab '${lab}'${meant}: the built-in ones are ${[...names, 'none'].join(', ')}; or give a .mof file`,
  );
}

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { Schema } from '../cim/schema/schema.js';
import { compileWithCache } from '../mof/cache/schema-cache.js';
import { compileMof } from '../mof/compile-mof.js';
import type { MofCompilation } from '../mof/mof-compilation.js';
import { MofErrors } from '../mof/mof-error.js';
import { readMofFiles } from '../mof/read-mof-files.js';
import { packageFile } from '../package/package-file.js';
import { packageVersion } from '../package/package-version.js';
import { nearestName } from '../strings/nearest-name.js';

export interface ModelSource {
  readonly defaultNamespace: string;
  /** Folder with the MOF of the classes; the built-in one when undefined. */
  readonly schemaDir: string | undefined;
  /** Name of a built-in lab, path of a MOF file, or `none`. */
  readonly lab: string;
  /** Folder for what was compiled before; undefined: compile every time. */
  readonly cacheDir: string | undefined;
}

/** Classes per namespace, and the instances of the lab. */
export interface Model {
  readonly namespaces: readonly { readonly name: string; readonly schema: Schema }[];
  readonly instances: readonly CimInstance[];
}

/** A lab that does not exist, or MOF that does not compile. `expected`: the message is for the operator and says all there is to say. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly expected = true;
}

/** @throws ModelError for an unknown lab, and for files that cannot be read or compiled */
export async function loadModel(options: ModelSource): Promise<Model> {
  try {
    return await compileModel(options);
  } catch (error) {
    throw error instanceof MofErrors ? asModelError(error) : error;
  }
}

function asModelError({ errors }: MofErrors): ModelError {
  const more = errors.length - 1;
  const hint = more === 0 ? '' : ` (and ${more} more; 'cimulator mof compile' lists them all)`;
  return new ModelError(`${errors[0]}${hint}`);
}

async function compileModel({
  schemaDir = packageFile('schemas/'),
  lab,
  defaultNamespace,
  cacheDir,
}: ModelSource): Promise<Model> {
  const labFile = await findLab(lab);
  // Whatever else the start waits for may begin: compiling takes the processor for a while.
  await setImmediate();
  const paths = labFile === undefined ? [schemaDir] : [schemaDir, labFile];
  const compilation =
    cacheDir === undefined ? compile(paths, defaultNamespace) : compileCached(paths, defaultNamespace, cacheDir);
  const namespaces = [...compilation.namespaces.values()];
  return { namespaces, instances: namespaces.flatMap(({ instances }) => instances) };
}

function compile(paths: readonly string[], defaultNamespace: string): MofCompilation {
  const { sources, readInclude } = readMofFiles(paths);
  return compileMof(sources, { defaultNamespace, readInclude });
}

function compileCached(paths: readonly string[], defaultNamespace: string, cacheDir: string): MofCompilation {
  // One file for each schema and lab, so that endpoints with different ones do not take turns in spoiling each other's cache.
  const name = createHash('sha256').update(JSON.stringify(paths)).digest('hex').slice(0, 16);
  return compileWithCache(paths, {
    defaultNamespace,
    cacheFile: join(cacheDir, `model-${name}.json`),
    version: packageVersion(),
  });
}

async function findLab(lab: string): Promise<string | undefined> {
  if (lab === 'none') return undefined;
  if (/[\\/.]/.test(lab)) return lab;
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

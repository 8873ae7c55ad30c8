import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { Schema } from '../cim/schema/schema.js';
import { compileWithCache } from '../mof/cache/schema-cache.js';
import { compileMof } from '../mof/compile-mof.js';
import type { MofDialectChoice } from '../mof/dialect.js';
import type { MofCompilation } from '../mof/mof-compilation.js';
import { type MofError, MofErrors } from '../mof/mof-error.js';
import { readMofFiles } from '../mof/read-mof-files.js';
import { compileWithHint } from '../mof/windows-hint.js';
import { packageFile } from '../package/package-file.js';
import { packageVersion } from '../package/package-version.js';
import { nearestName } from '../strings/nearest-name.js';

/** The classes that the endpoint brings along. */
const BUILT_IN = packageFile('schemas/');
/** What stands for them in a list of schemas; a folder of that name is `./built-in`. */
const BUILT_IN_NAME = 'built-in';

export interface ModelSource {
  readonly defaultNamespace: string;
  /** Folders and files with the MOF of the classes; `built-in`, and undefined, for the built-in ones. */
  readonly schemaDirs: readonly string[] | undefined;
  /** Names of built-in labs and paths of MOF; the default one when undefined. `none` alone stands for no lab. */
  readonly labs: readonly string[] | undefined;
  /** How all of them but the built-in classes are read. */
  readonly dialect: MofDialectChoice;
  /** Folder for what was compiled before; undefined: compile every time. */
  readonly cacheDir: string | undefined;
}

/** Classes per namespace, and the instances of the labs. */
export interface Model {
  readonly namespaces: readonly { readonly name: string; readonly schema: Schema }[];
  readonly instances: readonly CimInstance[];
  /** What was taken though it is doubtful. */
  readonly warnings: readonly MofError[];
}

/** The lab that is there when none is named. */
export const DEFAULT_LAB = 'two-servers';

/** A lab that does not exist, or MOF that does not compile. `expected`: the message is for the operator and says all there is to say. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly expected = true;
}

/** @throws ModelError for an unknown lab, and for files that cannot be read or compiled */
export async function loadModel(options: ModelSource): Promise<Model> {
  const labFiles = await findLabs(options.labs ?? [DEFAULT_LAB]);
  // Whatever else the start waits for may begin: compiling takes the processor for a while.
  await setImmediate();
  try {
    const compilation = compileWithHint(options.dialect, (dialect) => compile({ ...options, dialect }, labFiles));
    const namespaces = [...compilation.namespaces.values()];
    const { warnings } = compilation;
    return { namespaces, instances: namespaces.flatMap(({ instances }) => instances), warnings };
  } catch (error) {
    throw error instanceof MofErrors ? asModelError(error, options, labFiles) : error;
  }
}

function asModelError(
  { errors, hint: remedy }: MofErrors,
  options: ModelSource,
  labFiles: readonly string[],
): ModelError {
  const more = errors.length - 1;
  const others = more === 0 ? '' : ` (and ${more} more; 'cimulator mof compile' lists them all)`;
  const hint = remedy === undefined ? others : `${others}; ${remedy}`;
  const unfit = options.schemaDirs && unfitLab(errors, options.labs ?? [DEFAULT_LAB], labFiles);
  if (unfit === undefined) return new ModelError(`${errors[0]}${hint}`);
  const isDefault = options.labs === undefined ? ', which is there when none is named,' : '';
  const reason = `the lab '${unfit}'${isDefault} does not fit the schema`;
  return new ModelError(`${reason}: '--lab none' starts without it (${errors[0]?.message})`);
}

/** A lab of ours, when all errors are in such labs: they are for the classes that the endpoint brings along. */
function unfitLab(
  errors: readonly MofError[],
  labs: readonly string[],
  labFiles: readonly string[],
): string | undefined {
  const names = errors.map(({ file }) => labs[labFiles.indexOf(file)]);
  return names.every((name) => name !== undefined && !isFile(name)) ? names[0] : undefined;
}

/** And no lab that is named. */
function isFile(lab: string): boolean {
  return /[\\/.]/.test(lab);
}

function compile(options: ModelSource, labFiles: readonly string[]): MofCompilation {
  const { schemaDirs = [BUILT_IN_NAME], defaultNamespace, dialect, cacheDir } = options;
  const paths = [...schemaDirs.map((path) => (path === BUILT_IN_NAME ? BUILT_IN : path)), ...labFiles];
  const dialectOf = (path: string) => (path === BUILT_IN ? 'dmtf' : undefined);
  if (cacheDir === undefined) {
    const { sources, readInclude } = readMofFiles(paths, undefined, dialectOf);
    return compileMof(sources, { defaultNamespace, dialect, readInclude });
  }
  // One file for each schema and lab, so that endpoints with different ones do not take turns in spoiling each other's cache.
  const name = createHash('sha256')
    .update(JSON.stringify([dialect, defaultNamespace, paths]))
    .digest('hex')
    .slice(0, 16);
  const cacheFile = join(cacheDir, `model-${name}.json`);
  return compileWithCache(paths, { defaultNamespace, dialect, dialectOf, cacheFile, version: packageVersion() });
}

async function findLabs(labs: readonly string[]): Promise<readonly string[]> {
  if (!labs.includes('none')) return Promise.all(labs.map(findLab));
  if (labs.length === 1) return [];
  throw new ModelError("the lab 'none' stands for no lab: name it alone, or leave it out");
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

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { HostDeclaration } from '../cim/hosts/host-names.js';
import { compileFiles, compileTexts, type KeptOptions, type MofText } from '../mof/cache/kept-compilations.js';
import { compileWithCache } from '../mof/cache/schema-cache.js';
import type { BeneathText } from '../mof/compile-mof.js';
import type { MofDialectChoice } from '../mof/dialect.js';
import type { MofCompilation } from '../mof/mof-compilation.js';
import { packageFile } from '../package/package-file.js';
import { packageVersion } from '../package/package-version.js';
import { checkMachine } from '../windows/check-machine.js';
import { windowsBase } from './windows-schema/windows-base.js';

/** The classes that the endpoint brings along. */
const BUILT_IN = packageFile('schemas/');
const BUILT_IN_LABS = packageFile('fixtures/labs/');
/** What stands for them in a list of schemas; a folder of that name is `./built-in`. */
const BUILT_IN_NAME = 'built-in';

/** What is compiled for a model. */
export interface ModelFiles {
  readonly defaultNamespace: string;
  /** Computers that are there besides those that the labs declare. */
  readonly hosts?: readonly HostDeclaration[] | undefined;
  readonly schemaDirs: readonly string[] | undefined;
  readonly dialect: MofDialectChoice;
  readonly cacheDir: string | undefined;
}

/**
 * The classes, and what the files of labs add to them. Without a folder for what was compiled they are kept apart, so that another lab of
 * the same classes has these at once.
 *
 * @returns the last has everything @throws MofErrors
 */
export function compileModelFiles(options: ModelFiles, labFiles: readonly string[]): readonly MofCompilation[] {
  const { schemaDirs = [BUILT_IN_NAME], defaultNamespace, hosts, dialect, cacheDir } = options;
  const schemas = schemaDirs.map((path) => (path === BUILT_IN_NAME ? BUILT_IN : path));
  const dialectOf = (path: string) => (path === BUILT_IN ? 'dmtf' : undefined);
  const beneath = beneathOf(schemaDirs);
  if (cacheDir === undefined) {
    const how: KeptOptions = { defaultNamespace, dialect, dialectOf, isProgram, beneath, check: checkMachine };
    const classes = compileFiles(schemas, how);
    return labFiles.length === 0 ? [classes] : [classes, compileFiles(labFiles, { ...how, hosts, base: classes })];
  }
  const paths = [...schemas, ...labFiles];
  // One file for each schema and lab, so that endpoints with different ones do not take turns in spoiling each other's cache.
  const name = createHash('sha256')
    .update(JSON.stringify([dialect, defaultNamespace, paths, hosts]))
    .digest('hex')
    .slice(0, 16);
  const cacheFile = join(cacheDir, `model-${name}.json`);
  const how = { defaultNamespace, hosts, dialect, dialectOf, beneath, check: checkMachine };
  return [compileWithCache(paths, { ...how, cacheFile, version: packageVersion() })];
}

/** What texts add to it. @throws MofErrors */
export function compileModelTexts(
  texts: readonly MofText[],
  { defaultNamespace, hosts, dialect, base, schemaDirs }: Pick<KeptOptions, 'base'> & Omit<ModelFiles, 'cacheDir'>,
): MofCompilation {
  const beneath = beneathOf(schemaDirs);
  return compileTexts(texts, { defaultNamespace, hosts, dialect, base, beneath, check: checkMachine });
}

/** What the lab of one host adds to those of all. @throws MofErrors */
export function compileHostLab(
  files: readonly string[],
  texts: readonly MofText[],
  {
    schemaDirs,
    base,
    ...rest
  }: Pick<KeptOptions, 'defaultNamespace' | 'host' | 'dialect' | 'base'> & Pick<ModelFiles, 'schemaDirs'>,
): MofCompilation | undefined {
  const how = { ...rest, beneath: beneathOf(schemaDirs), check: checkMachine };
  const ofFiles = files.length === 0 ? base : compileFiles(files, { ...how, base, isProgram });
  return texts.length === 0 ? ofFiles : compileTexts(texts, { ...how, base: ofFiles });
}

/** Whether the namespaces of Windows are there: they come with the built-in classes. */
export function hasWindows(schemaDirs: readonly string[] = [BUILT_IN_NAME]): boolean {
  return schemaDirs.includes(BUILT_IN_NAME);
}

/** Texts of others find Windows' classes in its namespaces. Those of the program say themselves what they need of each other. */
function beneathOf(schemaDirs: readonly string[] | undefined): BeneathText | undefined {
  return hasWindows(schemaDirs) ? beneathOthers : undefined;
}

const beneathOthers: BeneathText = (namespace, file) => (isProgram(file) ? undefined : windowsBase(namespace));

function isProgram(file: string): boolean {
  return file.startsWith(BUILT_IN) || file.startsWith(BUILT_IN_LABS);
}

import { setImmediate } from 'node:timers/promises';
import { createNamespaces } from '../cim/contracts/namespaces.js';
import { withHosts } from '../cim/hosts/host-names.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { Schema } from '../cim/schema/schema.js';
import type { MofDialectChoice } from '../mof/dialect.js';
import type { MofCompilation } from '../mof/mof-compilation.js';
import { type MofError, MofErrors } from '../mof/mof-error.js';
import { compileWithHint } from '../mof/windows-hint.js';
import { compileHostLab, compileModelFiles, compileModelTexts, hasWindows } from './compile-model.js';
import { DEFAULT_LAB, findLabs, isFile } from './find-labs.js';
import { hostDeclarations } from './hosts/host-declarations.js';
import { Placement } from './hosts/placement.js';
import { labNamespaces } from './lab-folders.js';
import { ModelError } from './model-error.js';
import type { HostOptions } from './options/host-options.js';
import { isList, type SeedSource, sortSources } from './seed-source.js';
import { windowsNamespaces } from './windows-schema/windows-namespaces.js';
import { withWindows } from './windows-schema/with-windows.js';

export interface ModelSource {
  readonly defaultNamespace: string;
  /** Folders and files with the MOF of the classes; `built-in`, and undefined, for the built-in ones. */
  readonly schemaDirs: readonly string[] | undefined;
  /** Where the instances come from; the default lab when undefined. `none` alone stands for no lab. */
  readonly labs: readonly SeedSource[] | undefined;
  /** What is said of computers besides what labs declare. */
  readonly hosts?: readonly HostOptions[] | undefined;
  /** How all of them but the built-in classes are read. */
  readonly dialect: MofDialectChoice;
  /** Folder for what was compiled before; undefined: this process keeps it. */
  readonly cacheDir: string | undefined;
}

/** Classes per namespace, and the instances of the labs. What is in it may be another endpoint's, too, and is changed by nobody. */
export interface Model {
  readonly namespaces: readonly { readonly name: string; readonly schema: Schema }[];
  /** As they lie in the store. */
  readonly instances: readonly CimInstance[];
  /** The computers that they are of. */
  readonly placement: Placement;
  /** What was taken though it is doubtful. */
  readonly warnings: readonly MofError[];
}

let hasCompiled = false;

/** @throws ModelError for an unknown lab, and for files that cannot be read or compiled */
export async function loadModel(options: ModelSource): Promise<Model> {
  const { labs: given = [DEFAULT_LAB], defaultNamespace } = options;
  const { names, texts, instances } = sortSources(given, 'lab');
  const labFiles = await findLabs(names);
  // Whatever else the start waits for may begin: compiling takes the processor for a while. Later starts find most of it done.
  if (!hasCompiled) await setImmediate();
  const compilations = compileAll(options, names, labFiles, texts);
  const last = await withHostLabs(options, compilations);
  hasCompiled = true;
  const warnings = compilations.flatMap((one) => one.warnings);
  const { namespaces, declared, placement, placed } = placedBefore(last, options);
  if (instances.length === 0) return { namespaces, instances: placed, placement, warnings };
  const { prepareGiven } = await import('./prepare-given.js');
  const prepared = prepareGiven(instances, createNamespaces(namespaces), defaultNamespace);
  return { namespaces, instances: placement.place([...declared, ...prepared]), placement, warnings };
}

/** What a compilation says of the computers there are. */
interface Placed extends Pick<Model, 'namespaces' | 'placement'> {
  readonly declared: readonly CimInstance[];
  /** The same as they lie in the store. */
  readonly placed: readonly CimInstance[];
}

/** What was placed last of a compilation, which this process keeps as well. */
const lastPlaced = new WeakMap<MofCompilation, Placed & { readonly of: string }>();

function placedBefore(last: MofCompilation | undefined, options: ModelSource): Placed {
  const isWindows = hasWindows(options.schemaDirs);
  const hosts = hostDeclarations(options.hosts);
  const own = [...(isWindows ? windowsNamespaces : []), ...labNamespaces(options)];
  const of = JSON.stringify([isWindows, hosts, own]);
  const known = last && lastPlaced.get(last);
  if (known?.of === of) return known;
  const compiled = [...(last?.namespaces.values() ?? [])];
  const namespaces = isWindows ? withWindows(compiled) : compiled;
  const declared = compiled.flatMap((space) => space.instances);
  const placement = new Placement(withHosts(last?.hosts, hosts), own, namespaces, declared);
  const made = { of, namespaces, declared, placement, placed: placement.place(declared) };
  if (last) lastPlaced.set(last, made);
  return made;
}

/** @returns everything, with what single hosts have besides */
async function withHostLabs(
  { hosts = [], defaultNamespace, schemaDirs, dialect }: ModelSource,
  compilations: readonly MofCompilation[],
): Promise<MofCompilation | undefined> {
  let last = compilations.at(-1);
  for (const [at, { name, lab }] of hosts.entries()) {
    if (lab === undefined) continue;
    const { names, texts, instances } = sortSources(isList(lab) ? lab : [lab], `hosts[${at}].lab`);
    if (instances.length > 0) throw new ModelError(`hosts[${at}].lab: expected labs, paths or MOF`);
    const known = withHosts(last?.hosts, hostDeclarations(hosts));
    const base = last && { ...last, hosts: [...known] };
    const files = await findLabs(names);
    const host = known.find(name)?.name;
    try {
      last = compileHostLab(files, texts, { defaultNamespace, host, schemaDirs, dialect, base });
    } catch (error) {
      throw error instanceof MofErrors ? new ModelError(`${error.errors[0]}${howManyMore(error.errors)}`) : error;
    }
  }
  return last;
}

/** @returns the last of them has everything; each its own warnings */
function compileAll(
  options: ModelSource,
  names: readonly string[],
  labFiles: readonly string[],
  texts: ReturnType<typeof sortSources>['texts'],
): readonly MofCompilation[] {
  const hosts = hostDeclarations(options.hosts);
  try {
    const files = compileWithHint(options.dialect, (dialect) =>
      compileModelFiles({ ...options, hosts, dialect }, labFiles),
    );
    if (texts.length === 0) return files;
    const base = files.at(-1);
    return [
      ...files,
      compileWithHint(options.dialect, (dialect) => compileModelTexts(texts, { ...options, hosts, dialect, base })),
    ];
  } catch (error) {
    throw error instanceof MofErrors ? asModelError(error, options, names, labFiles) : error;
  }
}

function asModelError(
  { errors, hint: remedy }: MofErrors,
  options: ModelSource,
  names: readonly string[],
  labFiles: readonly string[],
): ModelError {
  const others = howManyMore(errors);
  const hint = remedy === undefined ? others : `${others}; ${remedy}`;
  const unfit = options.schemaDirs && unfitLab(errors, names, labFiles);
  if (unfit === undefined) return new ModelError(`${errors[0]}${hint}`);
  const isDefault = options.labs === undefined ? ', which is there when none is named,' : '';
  const reason = `the lab '${unfit}'${isDefault} does not fit the schema`;
  return new ModelError(`${reason}: '--lab none' starts without it (${errors[0]?.message})`);
}

/** What is said of the errors behind the first one. */
export function howManyMore({ length }: readonly MofError[]): string {
  return length === 1 ? '' : ` (and ${length - 1} more; 'cimulator mof compile' lists them all)`;
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

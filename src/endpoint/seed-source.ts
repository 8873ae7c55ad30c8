import { CimInstance } from '../cim/model/cim-instance.js';
import type { MofText } from '../mof/cache/kept-compilations.js';
import { listOf, members, type OptionCheck, text } from '../options/option-checks.js';
import { OptionError } from '../options/option-error.js';
import { DEFAULT_LAB } from './find-labs.js';

/** Instances to begin with: a built-in lab, a path of MOF, MOF itself, or instances. */
export type SeedSource = string | { readonly mof: string; readonly name?: string | undefined } | CimInstance;

/** Sources by their kind, each with what errors call it. */
export interface SortedSources {
  /** Of built-in labs, and paths. */
  readonly names: readonly string[];
  readonly texts: readonly MofText[];
  readonly instances: readonly { readonly name: string; readonly instance: CimInstance }[];
}

/** @param list what the list is called in errors: `lab[2]` */
export function sortSources(sources: readonly SeedSource[], list: string): SortedSources {
  const names: string[] = [];
  const texts: MofText[] = [];
  const instances: { readonly name: string; readonly instance: CimInstance }[] = [];
  for (const [at, source] of sources.entries()) {
    const name = `${list}[${at}]`;
    if (typeof source === 'string') names.push(source);
    else if (source instanceof CimInstance) instances.push({ name, instance: source });
    else texts.push({ name: source.name ?? name, mof: source.mof });
  }
  return { names, texts, instances };
}

export function isList(sources: SeedSource | readonly SeedSource[]): sources is readonly SeedSource[] {
  return Array.isArray(sources);
}

/** What the labs are called together. */
export function nameOfLabs(labs: readonly SeedSource[] = [DEFAULT_LAB]): string {
  const { names, texts, instances } = sortSources(labs, 'lab');
  return [...names, ...texts.map(({ name }) => name), ...instances.map(({ name }) => name)].join(', ');
}

const checkText = members<{ mof: string; name?: string }>({ mof: text, name: text }, ['mof']);

const checkSource: OptionCheck = (name, value) => {
  if (typeof value === 'string' || value instanceof CimInstance) return;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return checkText(name, value);
  throw new OptionError(`${name}: expected the name of a lab, a path, { mof } or an instance`);
};

/** A list of sources. @throws OptionError */
export const checkSeed = listOf(checkSource);

/** One source, or a list of one or more. @throws OptionError */
export const checkSources: OptionCheck = (name, value) => {
  if (!Array.isArray(value)) return checkSource(name, value);
  if (value.length === 0) throw new OptionError(`${name}: the list is empty; 'none' stands for no lab`);
  listOf(checkSource)(name, value);
};

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../package/package-file.js';
import { DEFAULT_LAB, isFile } from './find-labs.js';
import type { HostOptions } from './options/host-options.js';
import { isList, type SeedSource } from './seed-source.js';

/** The folders of built-in labs, each with a folder for a computer, and of what they include. */
export const LABS = packageFile('fixtures/labs/');

/** The folder of a computer in a built-in lab: `fixtures/labs/<lab>/<computer>`. */
export interface LabFolder {
  /** The computer, as the folder is called. */
  readonly name: string;
  readonly path: string;
}

/** A file of a computer with the instances of a namespace: `root.cimv2.mof`. */
export interface LabFile {
  readonly namespace: string;
  readonly path: string;
}

/** For each built-in lab among the sources its folders, by name. */
export function labFolders(labs: SeedSource | readonly SeedSource[]): readonly (readonly LabFolder[])[] {
  const names = (isList(labs) ? labs : [labs]).filter((one): one is string => typeof one === 'string' && !isFile(one));
  return names.map((lab) => readOnce(knownFolders, join(LABS, lab), foldersIn));
}

export function filesIn({ path }: LabFolder): readonly LabFile[] {
  return readOnce(knownFiles, path, labFilesIn);
}

/** The folders of the program are as unchangeable as its code: a process looks once. */
const knownFolders = new Map<string, readonly LabFolder[]>();
const knownFiles = new Map<string, readonly LabFile[]>();

function readOnce<T>(known: Map<string, T>, path: string, read: (path: string) => T): T {
  const found = known.get(path) ?? read(path);
  known.set(path, found);
  return found;
}

function foldersIn(path: string): readonly LabFolder[] {
  if (!existsSync(path)) return [];
  const folders = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => ({ name, path: join(path, name) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function labFilesIn(path: string): readonly LabFile[] {
  return readdirSync(path)
    .filter((file) => file.endsWith('.mof'))
    .map((file) => ({ namespace: file.slice(0, -'.mof'.length).replaceAll('.', '/'), path: join(path, file) }));
}

/** The namespaces that built-in labs fill when they are first used, of any computer. */
export function labNamespaces({
  labs = [DEFAULT_LAB],
  hosts = [],
}: {
  readonly labs: readonly SeedSource[] | undefined;
  readonly hosts?: readonly HostOptions[] | undefined;
}): readonly string[] {
  const sources = [labs, ...hosts.map(({ lab = [] }) => lab)];
  return sources.flatMap((one) => labFolders(one).flat().flatMap(filesIn)).map(({ namespace }) => namespace);
}

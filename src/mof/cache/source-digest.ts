import { createHash } from 'node:crypto';
import type { HostDeclaration } from '../../cim/hosts/host-names.js';
import type { MofDialectChoice } from '../dialect.js';
import { type DialectOfPath, listMofFiles } from '../read-mof-files.js';

/** On what the outcome of a compilation depends besides the bytes of its files. */
export interface DigestOptions {
  readonly defaultNamespace: string;
  /** Computers that namespaces may be of, besides those that the files declare. */
  readonly hosts?: readonly HostDeclaration[] | undefined;
  /** Whose the files are, unless they say so themselves. */
  readonly host?: string | undefined;
  /** How the files are read; `dmtf` when undefined. */
  readonly dialect?: MofDialectChoice | undefined;
  /** That of the files of one path, where it is another. */
  readonly dialectOf?: DialectOfPath | undefined;
}

/** SHA-256 over all that a compilation is made of: what it is asked for, and the bytes of each file that is read, included ones too. */
export interface SourceDigest {
  /** Those that were added. */
  readonly files: readonly string[];
  add(file: string, bytes: Uint8Array): void;
  finish(): string;
}

/** @param program what else the outcome depends on: form and version of what makes it */
export function createDigest(
  paths: readonly string[],
  { defaultNamespace, hosts = [], dialect = 'dmtf', dialectOf }: DigestOptions,
  program: readonly (string | number)[],
): SourceDigest {
  const read = paths.map((path) => [path, dialectOf?.(path) ?? dialect]);
  const hash = createHash('sha256').update(JSON.stringify([...program, defaultNamespace, hosts, read]));
  const files: string[] = [];
  return {
    files,
    add: (file: string, bytes: Uint8Array) => {
      files.push(file);
      // The length keeps the end of one file apart from the start of the next.
      hash.update(`${file}\0${bytes.length}\0`).update(bytes);
    },
    finish: () => hash.digest('hex'),
  };
}

/** Whether no files have come into the folders among the paths since these were read. */
export function hasNoNewFiles(paths: readonly string[], files: readonly string[]): boolean {
  const known = new Set(files);
  return paths.flatMap(listMofFiles).every((file) => known.has(file));
}

import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { decodeMof } from './decode-mof.js';
import type { MofDialectChoice } from './dialect.js';
import { IncludeError } from './include-error.js';
import { isReallyInside, locateInclude } from './locate-include.js';
import { MofError, MofErrors } from './mof-error.js';
import { mofLimits } from './mof-limits.js';
import type { MofSource } from './mof-source.js';
import { FileRefusal, readRegularFile } from './read-regular-file.js';

/** MOF files on disk, in the form that `compileMof` takes, and the bytes of all that were read. */
export interface MofFiles {
  readonly sources: readonly MofSource[];
  readInclude(path: string, from: string): MofSource;
}

/** Told of each file as it is read. */
export type OnMofFile = (file: string, bytes: Uint8Array) => void;

/**
 * The files that a path given by a user stands for: itself, or for a folder its `schema.mof`, or where there is none all
 * its `.mof` files (not those of folders in it) in the order of their names.
 *
 * @throws MofErrors when it cannot be read
 */
export function listMofFiles(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => /\.mof$/i.test(name));
    const entry = names.find((name) => name.toLowerCase() === 'schema.mof');
    if (entry !== undefined) names.splice(0, names.length, entry);
    if (names.length === 0) throw new MofErrors([new MofError(path, 1, 1, 'the folder has no .mof files')]);
    const files = names.sort().map((name) => join(path, name));
    const outside = files.find((file) => !isReallyInside(file, path));
    if (outside === undefined) return files;
    throw new MofErrors([new MofError(outside, 1, 1, 'a symbolic link leads out of the folder that was given')]);
  } catch (error) {
    throw asMofErrors(error, path);
  }
}

/** How the files of a path are to be read, with what they include; undefined: as the compilation says. */
export type DialectOfPath = (path: string) => MofDialectChoice | undefined;

/**
 * Reads MOF files and folders. Files may include others by paths relative to themselves, within the folder of the file
 * that the user gave, so that a lab from elsewhere cannot pull in files of this machine: also not through symbolic links.
 *
 * @param root the folder within which they may, where it is not that of the file
 * @throws MofErrors when a file cannot be read or is not text
 */
export function readMofFiles(
  paths: readonly string[],
  onFile: OnMofFile = () => {},
  dialectOf: DialectOfPath = () => undefined,
  root?: string,
): MofFiles {
  const roots = new Map<string, string>();
  const readGiven = (file: string, dialect: MofDialectChoice | undefined): MofSource => {
    roots.set(file, resolve(root ?? dirname(file)));
    try {
      return { ...readSource(file, onFile), dialect };
    } catch (error) {
      throw asMofErrors(error, file);
    }
  };
  const sources = paths.flatMap((path) => listMofFiles(path).map((file) => readGiven(file, dialectOf(path))));
  const readInclude = (path: string, from: string): MofSource => {
    const within = roots.get(from) ?? resolve(dirname(from));
    const file = locateInclude(path, from, within);
    roots.set(file, within);
    try {
      return readSource(file, onFile);
    } catch (error) {
      const reason = describeFailure(error);
      throw reason === undefined ? error : new IncludeError(`${file} cannot be read: ${reason}`);
    }
  };
  return { sources, readInclude };
}

/**
 * The bytes of a MOF file.
 *
 * @throws FileRefusal for what is no regular file, or too large; the errors of `node:fs`
 */
export function readMofBytes(file: string): Uint8Array {
  return readRegularFile(file, mofLimits.fileBytes);
}

function readSource(file: string, onFile: OnMofFile): MofSource {
  const bytes = readMofBytes(file);
  onFile(file, bytes);
  return decodeMof(bytes, file);
}

interface FileError extends Error {
  readonly code: string;
}

function isFileError(error: unknown): error is FileError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

function asMofErrors(error: unknown, file: string): unknown {
  const reason = describeFailure(error);
  return reason === undefined ? error : new MofErrors([new MofError(file, 1, 1, `the file cannot be read: ${reason}`)]);
}

/** Why a file cannot be read; undefined for errors that are about something else. */
function describeFailure(error: unknown): string | undefined {
  if (error instanceof FileRefusal) return error.message;
  return isFileError(error) ? describeFileError(error) : undefined;
}

function describeFileError({ code }: FileError): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'it does not exist',
    ELOOP: 'its symbolic links go in a circle',
    ENXIO: 'it is no regular file',
    EACCES: 'access is denied',
    EPERM: 'access is denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
  };
  return reasons[code] ?? code;
}

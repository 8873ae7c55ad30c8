import { createHash } from 'node:crypto';
import { type BeneathText, type CheckInstances, compileMof } from '../compile-mof.js';
import { IncludeError } from '../include-error.js';
import type { MofCompilation } from '../mof-compilation.js';
import { type OnMofFile, readMofBytes, readMofFiles } from '../read-mof-files.js';
import { createDigest, type DigestOptions, hasNoNewFiles } from './source-digest.js';

/** Compilations that a process keeps, those that were asked for last. Tests of one project start with a few labs. */
const MOST_KEPT = 12;

/** How {@link compileFiles} goes about it. */
export interface KeptOptions extends DigestOptions {
  /** What is there already; it is not changed. */
  readonly base?: MofCompilation | undefined;
  /** Files and folders that belong to the program are as unchangeable as its code, and not looked at again. */
  readonly isProgram?: ((file: string) => boolean) | undefined;
  /** The folder within which files may include others. Default: that of each file that is given. */
  readonly includeRoot?: string | undefined;
  /** As `compileMof` has it, and always the same. */
  readonly check?: CheckInstances | undefined;
  /** As `compileMof` has it: always the same for some files. */
  readonly changesGivenAgain?: boolean | undefined;
  /** What lies beneath the namespaces for the texts of some files: always the same. */
  readonly beneath?: BeneathText | undefined;
}

/** A MOF text that is no file's. It can include none. */
export interface MofText {
  /** What errors call it. */
  readonly name: string;
  readonly mof: string;
}

interface Kept {
  readonly base: MofCompilation | undefined;
  readonly files: readonly string[];
  readonly digest: string;
  readonly compilation: MofCompilation;
}

/** In the order in which they were last used. What is in them is shared by all who get it, and changed by nobody. */
const kept = new Map<string, Kept>();

/**
 * Compiles MOF files, or gives what came of the same bytes with the same options and base before, in this process.
 *
 * @throws MofErrors
 */
export function compileFiles(paths: readonly string[], options: KeptOptions): MofCompilation {
  const { base, isProgram = () => false, dialectOf, dialect, defaultNamespace, hosts = [], host = '' } = options;
  const how = paths.map((path) => [path, dialectOf?.(path) ?? dialect]);
  const key = JSON.stringify(['files', options.beneath !== undefined, defaultNamespace, hosts, host, how]);
  const others = paths.filter((path) => !isProgram(path));
  const digestNow = (files: readonly string[]) => {
    const digest = createDigest(others, options, []);
    for (const file of files) digest.add(file, readMofBytes(file));
    return digest.finish();
  };
  const known = recall(key, base);
  if (known && isCurrent(known, others, digestNow)) return known.compilation;
  const digest = createDigest(others, options, []);
  const onFile: OnMofFile = (file, bytes) => {
    if (!isProgram(file)) digest.add(file, bytes);
  };
  const { sources, readInclude } = readMofFiles(paths, onFile, dialectOf, options.includeRoot);
  const compilation = compileMof(sources, { ...options, readInclude });
  return remember(key, { base, files: digest.files, digest: digest.finish(), compilation });
}

/** The same for texts. @throws MofErrors */
export function compileTexts(texts: readonly MofText[], options: Omit<KeptOptions, 'isProgram'>): MofCompilation {
  const { base, dialect, defaultNamespace, hosts = [], host = '' } = options;
  const digest = createHash('sha256')
    .update(JSON.stringify(texts.map(({ name, mof }) => [name, mof])))
    .digest('hex');
  const key = JSON.stringify(['texts', options.beneath !== undefined, defaultNamespace, hosts, host, dialect, digest]);
  const known = recall(key, base);
  if (known) return known.compilation;
  const sources = texts.map(({ name: file, mof: text }) => ({ file, text }));
  const compilation = compileMof(sources, { ...options, readInclude: refuseInclude });
  return remember(key, { base, files: [], digest, compilation });
}

/** A text has no folder in which other files could lie. @throws IncludeError */
export function refuseInclude(): never {
  throw new IncludeError('a text that is no file includes none');
}

function recall(key: string, base: MofCompilation | undefined): Kept | undefined {
  const known = kept.get(key);
  if (known?.base !== base) return undefined;
  kept.delete(key);
  if (known) kept.set(key, known);
  return known;
}

/** Whatever is wrong with the files, compiling them says it. */
function isCurrent({ files, digest }: Kept, paths: readonly string[], digestOf: (files: readonly string[]) => string) {
  try {
    return hasNoNewFiles(paths, files) && digestOf(files) === digest;
  } catch {
    return false;
  }
}

function remember(key: string, one: Kept): MofCompilation {
  kept.delete(key);
  kept.set(key, one);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return one.compilation;
}

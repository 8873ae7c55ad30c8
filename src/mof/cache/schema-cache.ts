import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { compileMof } from '../compile-mof.js';
import type { MofCompilation } from '../mof-compilation.js';
import { listMofFiles, readMofFiles } from '../read-mof-files.js';
import { decodeCompilation, encodeCompilation } from './compilation-codec.js';
import { expectArray, expectObject, expectString, type Json } from './json.js';

/** Changes whenever the file's form or what the compiler makes of a text changes. */
const CACHE_FORMAT = 1;

/** Reading back more of them from JSON takes as long as compiling them, and more memory. */
const MAX_INSTANCES = 5000;

/** How {@link compileWithCache} goes about it. */
export interface CacheOptions {
  readonly defaultNamespace: string;
  /** Where the outcome is kept. */
  readonly cacheFile: string;
  /** The version of the program: a cache of another one is not used. */
  readonly version?: string;
}

/**
 * Compiles MOF files, or takes the outcome of the last time from the cache file when the files hold the same bytes as
 * then (SHA-256 over all of them, included ones too). A cache that is missing, broken or of another version is written
 * anew; one that cannot be written is no error. Many instances are not kept.
 *
 * @throws MofErrors when the files do not compile
 */
export function compileWithCache(paths: readonly string[], options: CacheOptions): MofCompilation {
  return loadCache(paths, options) ?? compileAndSave(paths, options);
}

function compileAndSave(paths: readonly string[], options: CacheOptions): MofCompilation {
  const digest = createDigest(paths, options);
  const { sources, readInclude } = readMofFiles(paths, digest.add);
  const compilation = compileMof(sources, { defaultNamespace: options.defaultNamespace, readInclude });
  if (compilation.counts.instances > MAX_INSTANCES) return compilation;
  const body = JSON.stringify(encodeCompilation(compilation));
  const { files } = digest;
  const head = JSON.stringify({ sources: digest.finish(), body: sha256(body), files });
  saveCache(options.cacheFile, `${head}\n${body}`);
  return compilation;
}

function loadCache(paths: readonly string[], options: CacheOptions): MofCompilation | undefined {
  try {
    const text = readFileSync(options.cacheFile, 'utf8');
    const end = text.indexOf('\n');
    const head = expectObject(JSON.parse(text.slice(0, end)) as Json);
    const files = expectArray(head.files).map(expectString);
    if (!isCurrent(paths, files)) return undefined;
    const digest = createDigest(paths, options);
    for (const file of files) digest.add(file, readFileSync(file));
    const body = text.slice(end + 1);
    if (digest.finish() !== head.sources || sha256(body) !== head.body) return undefined;
    return decodeCompilation(JSON.parse(body) as Json);
  } catch {
    // Whatever is wrong with a cache, compiling puts it right, and says what is wrong with the files themselves.
    return undefined;
  }
}

/** Files that come into a folder are no part of the cache yet. */
function isCurrent(paths: readonly string[], files: readonly string[]): boolean {
  const known = new Set(files);
  return paths.flatMap(listMofFiles).every((file) => known.has(file));
}

function createDigest(paths: readonly string[], { defaultNamespace, version = '' }: CacheOptions) {
  const hash = createHash('sha256').update(JSON.stringify([CACHE_FORMAT, version, defaultNamespace, paths]));
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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Another process sees the old file or the new one, never a part. */
function saveCache(file: string, content: string): void {
  const temporary = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch {
    removeIfThere(temporary);
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing can be removed nothing was written.
  }
}

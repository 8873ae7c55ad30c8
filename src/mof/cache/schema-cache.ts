import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolderSync } from '../../files/make-folder.js';
import { readOwnFileSync } from '../../files/own-file.js';
import { StrictModesError } from '../../files/strict-modes.js';
import { type BeneathText, type CheckInstances, compileMof } from '../compile-mof.js';
import type { MofCompilation } from '../mof-compilation.js';
import { readMofBytes, readMofFiles } from '../read-mof-files.js';
import { cacheKey } from './cache-key.js';
import { decodeCompilation, encodeCompilation } from './compilation-codec.js';
import { COMPILATION_FORM } from './compilation-form.js';
import { CodecError, expectArray, expectObject, expectString, type Json } from './json.js';
import { createDigest, type DigestOptions, hasNoNewFiles } from './source-digest.js';

/** Reading back more of them from JSON takes as long as compiling them, and more memory. */
const MAX_INSTANCES = 5000;

/** How {@link compileWithCache} goes about it. */
export interface CacheOptions extends DigestOptions {
  /** Where the outcome is kept. */
  readonly cacheFile: string;
  /** The version of the program: a cache of another one is not used. */
  readonly version?: string;
  /** What lies beneath the namespaces for the texts of some files; it changes with the version alone. */
  readonly beneath?: BeneathText | undefined;
  /** As `compileMof` has it; it changes with the version alone. */
  readonly check?: CheckInstances | undefined;
}

/**
 * Compiles MOF files, or takes the outcome of the last time from the cache file when the files hold the same bytes as
 * then (SHA-256 over all of them, included ones too). What the cache file holds is believed when it was written with the secret of its
 * folder. One that is missing, broken, of another version or another's is written anew; one that cannot be written is no error. Many
 * instances are not kept.
 *
 * @throws MofErrors when the files do not compile; StrictModesError when others may change the file or its folder
 */
export function compileWithCache(paths: readonly string[], options: CacheOptions): MofCompilation {
  return loadCache(paths, options) ?? compileAndSave(paths, options);
}

function compileAndSave(paths: readonly string[], options: CacheOptions): MofCompilation {
  const digest = createDigest(paths, options, [COMPILATION_FORM, options.version ?? '']);
  const { sources, readInclude } = readMofFiles(paths, digest.add, options.dialectOf);
  const { defaultNamespace, hosts, dialect, beneath, check } = options;
  const compilation = compileMof(sources, { defaultNamespace, hosts, dialect, beneath, check, readInclude });
  if (compilation.counts.instances > MAX_INSTANCES) return compilation;
  const body = encodeBody(compilation);
  if (body === undefined) return compilation;
  const { files } = digest;
  saveCache(options.cacheFile, `${JSON.stringify({ sources: digest.finish(), files })}\n${body}`);
  return compilation;
}

/** Undefined for what has no JSON form: a class that is the value of an embedded object. */
function encodeBody(compilation: MofCompilation): string | undefined {
  try {
    return encodeCompilation(compilation);
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

function loadCache(paths: readonly string[], options: CacheOptions): MofCompilation | undefined {
  try {
    const text = contentOf(options.cacheFile);
    if (text === undefined) return undefined;
    const end = text.indexOf('\n');
    const head = expectObject(JSON.parse(text.slice(0, end)) as Json);
    const files = expectArray(head.files).map(expectString);
    if (!hasNoNewFiles(paths, files)) return undefined;
    const digest = createDigest(paths, options, [COMPILATION_FORM, options.version ?? '']);
    for (const file of files) digest.add(file, readMofBytes(file));
    if (digest.finish() !== head.sources) return undefined;
    return decodeCompilation(text.slice(end + 1), (namespace) => options.beneath?.(namespace, ''));
  } catch (error) {
    if (error instanceof StrictModesError) throw error;
    // Whatever is wrong with a cache, compiling puts it right, and says what is wrong with the files themselves.
    return undefined;
  }
}

/** What a cache file holds behind its first line, which is a message authentication code. */
function contentOf(file: string): string | undefined {
  const text = readOwnFileSync(file, 'trusted');
  const end = text.indexOf('\n');
  const content = text.slice(end + 1);
  const [said, code] = [Buffer.from(text.slice(0, end), 'hex'), codeOf(content, cacheKey(dirname(file)))];
  return said.length === code.length && timingSafeEqual(said, code) ? content : undefined;
}

function codeOf(content: string, key: string): Buffer {
  return createHmac('sha256', key).update(content).digest();
}

/** Another process sees the old file or the new one, never a part. */
function saveCache(file: string, content: string): void {
  const temporary = `${file}.${randomUUID()}`;
  try {
    makeFolderSync(dirname(file));
    const code = codeOf(content, cacheKey(dirname(file))).toString('hex');
    writeFileSync(temporary, `${code}\n${content}`, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    removeIfThere(temporary);
    if (error instanceof StrictModesError) throw error;
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing can be removed nothing was written.
  }
}

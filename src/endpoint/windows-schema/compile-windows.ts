import { createHash } from 'node:crypto';
import type { SchemaBase } from '../../cim/schema/schema.js';
import { encodeCompilation } from '../../mof/cache/compilation-codec.js';
import { compileMof } from '../../mof/compile-mof.js';
import { readMofFiles } from '../../mof/read-mof-files.js';
import { packageFile } from '../../package/package-file.js';
import { dottedName } from './windows-namespaces.js';

/** A namespace of Windows' schema as it is kept. */
export interface CompiledNamespace {
  /** What `decodeCompilation` reads. */
  readonly text: string;
  /** SHA-256 of the text. */
  readonly digest: string;
}

/**
 * Compiles the MOF of a namespace. What every namespace has lies beneath it and is not in it.
 *
 * @param system undefined for what every namespace has itself
 * @throws MofErrors
 */
export function compileWindows(namespace: string, system: SchemaBase | undefined): CompiledNamespace {
  const { sources, readInclude } = readMofFiles([packageFile(`schemas/${dottedName(namespace)}.mof`)]);
  const text = encodeCompilation(
    compileMof(sources, { defaultNamespace: namespace, dialect: 'windows', beneath: () => system, readInclude }),
  );
  return { text, digest: createHash('sha256').update(text).digest('hex') };
}

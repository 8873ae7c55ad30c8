import { readFileSync, statSync } from 'node:fs';
import { NameMap } from '../../cim/model/name-map.js';
import { Schema, type SchemaBase } from '../../cim/schema/schema.js';
import { errorCode } from '../../files/error-code.js';
import { decodeCompilation } from '../../mof/cache/compilation-codec.js';
import { COMPILATION_FORM } from '../../mof/cache/compilation-form.js';
import { packageFile } from '../../package/package-file.js';
import { type CompiledNamespace, compileWindows } from './compile-windows.js';
import { dottedName, SYSTEM, windowsNamespaces } from './windows-namespaces.js';

/** Where `npm run build` puts the namespaces, compiled, and the digest of each. */
const COMPILED = 'dist/schemas/';

/** What stands beside them. */
interface Kept {
  /** In which they are written: those in another one are as good as none. */
  readonly form: number;
  readonly digests: Readonly<Record<string, string>>;
}

/** The sources are at work, and not the build: what was compiled may be older than they are. */
const isSource = import.meta.url.endsWith('.ts');

/** By namespace; of this process, and changed by nobody. */
let bases: NameMap<SchemaBase> | undefined;

/** What Windows has in a namespace: the classes of its own, or those alone that every namespace has. Nothing is read until it is needed. */
export function windowsBase(namespace: string): SchemaBase {
  bases ??= new NameMap([SYSTEM, ...windowsNamespaces].map((name) => [name, createBase(name)] as const));
  // SYSTEM is among them.
  return bases.get(namespace) ?? (bases.get(SYSTEM) as SchemaBase);
}

function createBase(namespace: string): SchemaBase {
  const system = namespace === SYSTEM ? undefined : () => windowsBase(SYSTEM);
  let compiled: CompiledNamespace | undefined;
  let schema: Schema | undefined;
  const compile = () => {
    compiled ??= compileWindows(namespace, system?.());
    return compiled;
  };
  return {
    get digest() {
      const own = keptDigests()?.[namespace] ?? compile().digest;
      return system === undefined ? own : `${own}${system().digest}`;
    },
    schema() {
      if (schema === undefined) {
        const text = keptText(namespace) ?? compile().text;
        schema = decodeCompilation(text, system).namespaces.get(namespace)?.schema ?? new Schema(system?.());
        compiled = undefined;
      }
      return schema;
    },
  };
}

/** Undefined where nothing is kept that this program reads, or it may be older than the sources. */
function keptText(namespace: string): string | undefined {
  const file = packageFile(`${COMPILED}${dottedName(namespace)}.jsonl`);
  if (readKept()?.form !== COMPILATION_FORM) return undefined;
  return ifThere(() => {
    if (isSource && statSync(file).mtimeMs < newestSource(namespace)) return undefined;
    return readFileSync(file, 'utf8');
  });
}

function keptDigests(): Kept['digests'] | undefined {
  const file = packageFile(`${COMPILED}digests.json`);
  return ifThere(() => {
    if (isSource && windowsNamespaces.some((name) => statSync(file).mtimeMs < newestSource(name))) return undefined;
    const known = readKept();
    return known?.form === COMPILATION_FORM ? known.digests : undefined;
  });
}

let kept: Kept | undefined;

function readKept(): Kept | undefined {
  kept ??= ifThere(() => JSON.parse(readFileSync(packageFile(`${COMPILED}digests.json`), 'utf8')) as Kept);
  return kept;
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The generator writes all of its files anew; the others are written by hand. */
function newestSource(namespace: string): number {
  const files = ['qualifiers.mof', 'windows-qualifiers.mof', `${dottedName(namespace)}.mof`];
  return Math.max(...files.map((file) => statSync(packageFile(`schemas/${file}`)).mtimeMs));
}

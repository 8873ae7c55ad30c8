import { compileMof } from '../mof/compile-mof.js';
import type { MofDialectChoice } from '../mof/dialect.js';
import type { MofCompilation } from '../mof/mof-compilation.js';
import { MofErrors } from '../mof/mof-error.js';
import { readMofFiles } from '../mof/read-mof-files.js';
import { compileWithHint } from '../mof/windows-hint.js';
import { packageFile } from '../package/package-file.js';
import type { Terminal } from './terminal.js';

/** MOF files as the flags of a command name them. */
export interface MofFlags {
  readonly builtIn?: boolean;
  readonly namespace: string;
  readonly dialect: MofDialectChoice;
}

/** What some files declare, and what was there before them. */
export interface CompiledFiles {
  readonly compilation: MofCompilation;
  /** The classes that the endpoint brings along; undefined without `--built-in`. */
  readonly base: MofCompilation | undefined;
}

/** @throws MofErrors */
export function compileMofFiles(files: readonly string[], { builtIn, namespace, dialect }: MofFlags): CompiledFiles {
  const base = builtIn ? compilePaths([packageFile('schemas/')], namespace, 'dmtf') : undefined;
  const compilation = compileWithHint(dialect, (chosen) => compilePaths(files, namespace, chosen, base));
  return { compilation, base };
}

function compilePaths(
  paths: readonly string[],
  defaultNamespace: string,
  dialect: MofDialectChoice,
  base?: MofCompilation,
): MofCompilation {
  const { sources, readInclude } = readMofFiles(paths);
  return compileMof(sources, { defaultNamespace, base, dialect, readInclude });
}

/** Says what was taken though it is doubtful, a line each as errors have. */
export function printMofWarnings({ warnings }: MofCompilation, terminal: Terminal): void {
  for (const { file, line, column, message } of warnings) {
    terminal.err(`${file}:${line}:${column}: warning: ${message}\n`);
  }
}

/** Compiler errors have a line each, for editors to jump to, and behind them what would do; others are not for here. */
export function printMofErrors(error: unknown): string | undefined {
  if (!(error instanceof MofErrors)) return undefined;
  const lines = error.errors.map((one) => `${one}\n`);
  return [...lines, ...(error.hint === undefined ? [] : [`${error.hint}\n`])].join('');
}

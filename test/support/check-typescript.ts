import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** How a program finds its modules: as Node does, or as a bundler. */
export type Resolution = 'nodenext' | 'bundler';

export const RESOLUTIONS: readonly Resolution[] = ['nodenext', 'bundler'];

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Where the files are said to lie: beside the sources, so that packages are found. */
const folder = join(root, 'checked-files');

/**
 * Checks files as a strict TypeScript program of somebody who has installed the package, whose name means src/index.ts here.
 *
 * @param files texts by name; they import each other by `./name.js`
 * @returns what is wrong in each of them, as `line: message`; a file that is right has an empty list
 */
export function checkTypescript(
  files: ReadonlyMap<string, string>,
  resolution: Resolution,
): ReadonlyMap<string, readonly string[]> {
  const texts = new Map([...files].map(([name, text]) => [join(folder, name), text]));
  const options: ts.CompilerOptions = {
    ...(resolution === 'nodenext'
      ? { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }
      : { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }),
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    isolatedModules: true,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    paths: {
      cimulator: [join(root, 'src/index.ts')],
      'cimulator/matchers': [join(root, 'src/matchers/main.ts')],
    },
  };
  const program = ts.createProgram([...texts.keys()], options, hostOf(texts, options));
  return new Map(
    [...texts.keys()]
      .map((path) => [path.slice(folder.length + 1), program.getSourceFile(path)] as const)
      .map(([name, source]) => [name, ts.getPreEmitDiagnostics(program, source).map(describe)] as const),
  );
}

/** The disk, with the files in their folder. */
function hostOf(texts: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, directoryExists } = host;
  return Object.assign(host, {
    readFile: (path: string) => texts.get(path) ?? readFile(path),
    fileExists: (path: string) => texts.has(path) || fileExists(path),
    directoryExists: (path: string) => dirname(`${folder}/x`) === path || (directoryExists?.(path) ?? true),
    getSourceFile: (path: string, target: ts.ScriptTarget | ts.CreateSourceFileOptions) => sourceFile(path, target),
  });

  function sourceFile(path: string, target: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const text = texts.get(path) ?? readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, target);
  }
}

function describe({ file, start, messageText }: ts.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}

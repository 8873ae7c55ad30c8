import type { CimInstance } from '../cim/model/cim-instance.js';
import { environmentVariables, expandVariables } from './environment/environment-variables.js';
import { findFile, isFolder } from './files/file-rows.js';
import type { MachineReader } from './machine.js';

/** Where files are looked for. */
type Files = Pick<MachineReader, 'namespace' | 'store'>;

/** Where Windows is, on a computer that does not say it. */
const USUAL_ROOT = 'C:\\Windows';

/** The program of a command line, `"C:\a b\c.exe" -x` or `C:\a\c.exe -x`, as it is written there; undefined when it is empty. */
export function programOf(commandLine: string): string | undefined {
  const [, quoted, plain] = /^\s*(?:"([^"]+)"|(\S+))/.exec(commandLine) ?? [];
  return quoted ?? plain;
}

/** A file that the lab lists, under the path that it was asked for. */
export interface FoundFile {
  readonly path: string;
  readonly file: CimInstance;
}

/**
 * Finds a program among the files of the machine, as Windows does: under its path, in which variables may stand, with `.exe` added when it has
 * no extension, or, by its name alone, in the folders of Windows and in those of the variable Path. Nothing of it is ever run.
 */
export async function findProgram(context: Files, program: string): Promise<FoundFile | undefined> {
  const variables = await environmentVariables(context.store);
  const root = variables.get('SystemRoot') ?? USUAL_ROOT;
  const named = expandVariables(program, variables).replace(/^\\SystemRoot\\/i, `${root}\\`);
  const names = /\.[^\\.]+$/.test(named) ? [named] : [`${named}.exe`, named];
  const path = expandVariables(variables.get('Path') ?? '', variables).split(';');
  const searched = [`${root}\\System32`, root, ...path].map((folder) => folder.replace(/\\*$/, '\\'));
  for (const folder of /[\\/]/.test(named) ? [''] : searched) {
    for (const name of names) {
      const at = `${folder}${name}`.replaceAll('/', '\\');
      const file = await findFile(context, at);
      if (file && !isFolder(file)) return { path: at, file };
    }
  }
  return undefined;
}

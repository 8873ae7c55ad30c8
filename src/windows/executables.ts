import type { CimInstance } from '../cim/model/cim-instance.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { MachineReader } from './machine.js';

/** Where files are looked for. */
type Files = Pick<MachineReader, 'namespace' | 'store'>;

/** Where Windows looks for a program that is called by its name alone. */
const SEARCHED = ['C:\\Windows\\System32', 'C:\\Windows', 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0'];

const VARIABLES: Readonly<Record<string, string>> = {
  systemroot: 'C:\\Windows',
  windir: 'C:\\Windows',
  systemdrive: 'C:',
  programfiles: 'C:\\Program Files',
};

/** The program of a command line, `"C:\a b\c.exe" -x` or `C:\a\c.exe -x`; undefined when it is empty. */
export function programOf(commandLine: string): string | undefined {
  const [, quoted, plain] = /^\s*(?:"([^"]+)"|(\S+))/.exec(commandLine) ?? [];
  const program = quoted ?? plain;
  return program
    ?.replace(/%([^%]+)%/g, (text, name: string) => VARIABLES[name.toLowerCase()] ?? text)
    .replace(/^\\SystemRoot\\/i, 'C:\\Windows\\');
}

/** A file that the lab lists, under the path that it was asked for. */
export interface FoundFile {
  readonly path: string;
  readonly file: CimInstance;
}

/**
 * Finds a program among the files of the machine, as Windows does: under its path, with `.exe` added when it has no extension, or, by its
 * name alone, where Windows looks for it. Nothing of it is ever run.
 */
export async function findProgram(context: Files, program: string): Promise<FoundFile | undefined> {
  const names = /\.[^\\.]+$/.test(program) ? [program] : [`${program}.exe`, program];
  const folders = /[\\/]/.test(program) ? [''] : SEARCHED.map((folder) => `${folder}\\`);
  for (const folder of folders) {
    for (const name of names) {
      const path = `${folder}${name}`.replaceAll('/', '\\');
      const file = await findFile(context, path);
      if (file) return { path, file };
    }
  }
  return undefined;
}

/** A file of the machine by its path, in any case. */
export async function findFile({ namespace, store }: Files, path: string): Promise<CimInstance | undefined> {
  return store.get(new InstancePath({ namespace, className: 'CIM_DataFile', keys: { Name: path } }));
}

/** Whether there is a folder of this path. */
export async function isFolder({ namespace, store }: Files, path: string): Promise<boolean> {
  const keys = { Name: path.replace(/\\$/, '') };
  return (await store.get(new InstancePath({ namespace, className: 'Win32_Directory', keys }))) !== undefined;
}

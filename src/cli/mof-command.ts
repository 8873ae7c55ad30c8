import { type Command, Option } from 'commander';
import { compileMof } from '../mof/compile-mof.js';
import type { MofCompilation } from '../mof/mof-compilation.js';
import { MofErrors } from '../mof/mof-error.js';
import { readMofFiles } from '../mof/read-mof-files.js';
import { packageFile } from '../package-file.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface CompileFlags {
  readonly builtIn?: boolean;
  readonly namespace: string;
}

/** Adds `cimulator mof compile` to the program. */
export function addMofCommand(program: Command, terminal: Terminal = processTerminal): void {
  program
    .command('mof')
    .description('work with MOF files')
    .command('compile')
    .description('check MOF files and say what they declare')
    .argument('<files...>', 'files, or folders: their schema.mof, or all their .mof files')
    .addOption(new Option('--built-in', 'on top of the classes that the endpoint has built in'))
    .addOption(new Option('--namespace <name>', 'where declarations go').default('root/cimv2/storage/iScsiTarget'))
    .addHelpText('after', '\nErrors come as file:line:column: message. Exit status: 0 when there are none, else 1.')
    .action((files: readonly string[], flags: CompileFlags) =>
      runCommand(
        terminal,
        async () => {
          const { classes, instances, qualifiers } = compile(files, flags).counts;
          const parts = [
            count(classes, 'class', 'classes'),
            count(instances, 'instance'),
            count(qualifiers, 'qualifier'),
          ];
          terminal.out(`${parts.join(', ')}\n`);
        },
        printMofErrors,
      ),
    );
}

function compile(files: readonly string[], { builtIn, namespace }: CompileFlags): MofCompilation {
  const base = builtIn ? compilePaths([packageFile('schemas/')], namespace) : undefined;
  return compilePaths(files, namespace, base);
}

function compilePaths(paths: readonly string[], defaultNamespace: string, base?: MofCompilation): MofCompilation {
  const { sources, readInclude } = readMofFiles(paths);
  return compileMof(sources, { defaultNamespace, base, readInclude });
}

/** Compiler errors have a line each, for editors to jump to; others are not for here. */
function printMofErrors(error: unknown): string | undefined {
  return error instanceof MofErrors ? error.errors.map((one) => `${one}\n`).join('') : undefined;
}

function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

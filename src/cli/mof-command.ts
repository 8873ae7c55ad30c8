import { type Command, Option } from 'commander';
import { compileMofFiles, type MofFlags, printMofErrors, printMofWarnings } from './compile-mof-files.js';
import { dialectOption } from './dialect-option.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

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
    .addOption(dialectOption())
    .addHelpText('after', '\nErrors come as file:line:column: message. Exit status: 0 when there are none, else 1.')
    .action((files: readonly string[], flags: MofFlags) =>
      runCommand(
        terminal,
        async () => {
          const { compilation } = compileMofFiles(files, flags);
          printMofWarnings(compilation, terminal);
          const { classes, instances, qualifiers } = compilation.counts;
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

function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { CimClass } from '../cim/model/cim-class.js';
import { NameMap } from '../cim/model/name-map.js';
import { printTypesFile } from '../types/print-types-file.js';
import { collect } from './collect.js';
import { type CompiledFiles, compileMofFiles, type MofFlags, printMofErrors } from './compile-mof-files.js';
import { dialectOption } from './dialect-option.js';
import { UsageError } from './exit-with-error.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface TypesFlags extends MofFlags {
  readonly class?: readonly string[];
  readonly out?: string;
}

const NOTES = `
The file makes its classes known to the types of 'cimulator': defineProvider('ACME_Printer', …)
has typed parameters, outputs and instances then, and so has a client's invoke. Codes of value
maps come as constants, but not in a file whose name ends in .d.ts.

Example:
  cimulator types --built-in printer.mof --out src/printer-types.ts
  cimulator types --built-in --class MSISCSITARGET_StorageConfigurationService --out service.ts`;

/** Adds `cimulator types` to the program. */
export function addTypesCommand(program: Command, terminal: Terminal = processTerminal): void {
  program
    .command('types')
    .description('write TypeScript types of the classes in MOF files, for providers and clients')
    .argument('[files...]', 'files, or folders: their schema.mof, or all their .mof files')
    .addOption(new Option('--built-in', 'on top of the classes that the endpoint has built in'))
    .addOption(new Option('--namespace <name>', 'where declarations go').default('root/cimv2/storage/iScsiTarget'))
    .addOption(dialectOption())
    .addOption(new Option('--class <name>', 'this class, and not all of the files; may be repeated').argParser(collect))
    .addOption(new Option('--out <file>', 'where to write; to the terminal by default'))
    .addHelpText('after', NOTES)
    .action((files: readonly string[], flags: TypesFlags) =>
      runCommand(
        terminal,
        async () => {
          if (files.length === 0 && !(flags.builtIn && flags.class))
            throw new UsageError('name MOF files, or classes of the built-in schema by --built-in --class NAME');
          const text = printTypes(chooseClasses(compileMofFiles(files, flags), flags.class), flags.out);
          if (flags.out === undefined) terminal.out(text);
          else writeFile(flags.out, text);
        },
        printMofErrors,
      ),
    );
}

function printTypes(classes: readonly CimClass[], out = ''): string {
  return printTypesFile(classes, {
    head: [`Written by 'cimulator types' from MOF: do not edit.`],
    moduleOf: () => 'cimulator',
    registry: 'cimulator',
    codes: !/\.d\.[cm]?ts$/.test(out),
  });
}

/** @throws UsageError for a class that is not there, and when there is none at all */
function chooseClasses({ compilation, base }: CompiledFiles, wanted?: readonly string[]): readonly CimClass[] {
  const classes = new NameMap<CimClass>();
  for (const { name, schema } of compilation.namespaces.values()) {
    const before = base?.namespaces.get(name)?.schema;
    for (const each of schema.classes) {
      if (wanted === undefined && before?.getDeclaration(each.name)) continue;
      // A class that several namespaces declare has one type, that of the first.
      if (!classes.has(each.name)) classes.set(each.name, each);
    }
  }
  if (wanted === undefined && classes.size === 0) throw new UsageError('the files declare no class');
  // Declared twice, it would not compile.
  return [...(wanted === undefined ? classes.values() : new Set(wanted.map((name) => findClass(classes, name))))];
}

function findClass(classes: NameMap<CimClass>, name: string): CimClass {
  const found = classes.get(name);
  if (!found) throw new UsageError(`--class ${name}: there is no such class`);
  return found;
}

function writeFile(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--out ${file}: ${why}`, { cause: error });
  }
}

import { type Command, Option } from 'commander';
import { encodeClass } from '../cimjson/encode.js';
import type { ClassDescription } from '../client/class-description.js';
import type { WsmanClient } from '../client/wsman-client.js';
import { readClassesAsMof } from '../lab/read-classes-as-mof.js';
import { addConnectionOptions, type ConnectionFlags, inNamespace, withClient } from './connection-options.js';
import { UsageError } from './exit-with-error.js';
import { formatClass, kindOf } from './format-class.js';
import { formatTable } from './format-table.js';
import { addOutputOptions, clientNeeds, type OutputFlags } from './output-options.js';
import { parseClass } from './parse-target.js';
import { printable, printableJson } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';
import { findWorkingMethods } from './working-methods.js';

interface ClassFlags extends ConnectionFlags, OutputFlags {
  readonly all?: boolean;
}

interface ClassesFlags extends ClassFlags {
  readonly shallow?: boolean;
  readonly wql?: string;
}

/** Adds `cimulator class` to the program. */
export function addClassCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('class')
    .description('show the declaration of a CIM class, or of all of a namespace')
    .argument('[class]', 'name of the class')
    .addOption(new Option('--all', 'all classes of the namespace, as MOF that compiles').conflicts(['json', 'xml']));
  addOutputOptions(command);
  addConnectionOptions(command).action((className: string | undefined, flags: ClassFlags) =>
    runCommand(terminal, () => (flags.all ? showAll(className, flags, terminal) : showOne(className, flags, terminal))),
  );
}

async function showAll(className: string | undefined, flags: ClassFlags, terminal: Terminal): Promise<void> {
  if (className !== undefined) throw new UsageError('either a class, or --all of the namespace');
  terminal.out(await withClient(flags, (client) => readClassesAsMof(client, flags.namespace)));
}

async function showOne(className: string | undefined, flags: ClassFlags, terminal: Terminal): Promise<void> {
  if (className === undefined) throw new UsageError('which class? Or --all of the namespace');
  const needs = clientNeeds(flags, terminal);
  const target = parseClass(className, 'class');
  const place = inNamespace(flags, target);
  const show = async (client: WsmanClient) => {
    const found = await client.getClass(target.className);
    if (flags.json) return `${printableJson(encodeClass(found, target.namespace))}\n`;
    return flags.xml ? '' : formatClass(found, await findWorkingMethods(client, place.namespace, found));
  };
  terminal.out(await withClient(place, show, needs));
}

/** Adds `cimulator classes` to the program. */
export function addClassesCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('classes')
    .description('list the CIM classes of the namespace, or the subclasses of one')
    .argument('[class]', 'only the subclasses of this class')
    .addOption(new Option('--shallow', 'without subclasses of subclasses'))
    .addOption(new Option('--wql <query>', 'what a query of meta_class finds'));
  addOutputOptions(command);
  addConnectionOptions(command).action((className: string | undefined, flags: ClassesFlags) =>
    runCommand(terminal, async () => {
      const needs = clientNeeds(flags, terminal);
      const target = className === undefined ? undefined : parseClass(className, 'class');
      const classes = await withClient(
        inNamespace(flags, target ?? {}),
        async (client) => {
          const found: ClassDescription[] = [];
          const options = { ...(target && { className: target.className }), ...(flags.wql && { wql: flags.wql }) };
          for await (const one of client.enumerateClasses({ ...options, deep: !flags.shallow })) found.push(one);
          return found;
        },
        needs,
      );
      if (flags.json) terminal.out(`${printableJson(classes.map((one) => encodeClass(one, target?.namespace)))}\n`);
      else if (!flags.xml) terminal.out(formatClasses(classes));
    }),
  );
}

function formatClasses(classes: readonly ClassDescription[]): string {
  const sorted = [...classes].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  const rows = sorted.map(({ name, superclass = '', properties, methods, ...marks }) =>
    [name, superclass, kindOf(marks), String(properties.size), String(methods.size)].map(printable),
  );
  return formatTable(['Class', 'Superclass', 'Kind', 'Properties', 'Methods'], rows);
}

import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { errorCode } from '../files/error-code.js';
import { writePrivateOutput } from '../files/private-output.js';
import { captureLab } from '../lab/capture-lab.js';
import { importClixml } from '../lab/import-clixml.js';
import { printLab } from '../lab/print-lab.js';
import { type NamespaceContent, readNamespace } from '../lab/read-namespace.js';
import { collect } from './collect.js';
import { addConnectionOptions, type ConnectionFlags, withClient } from './connection-options.js';
import { addControlOptions, type ControlFlags } from './control/control-options.js';
import { UsageError } from './exit-with-error.js';
import { exportOverControl } from './export-over-control.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface CaptureFlags extends ExportFlags {
  readonly scrub?: boolean;
  readonly secret?: readonly string[];
}

interface ExportFlags extends ConnectionFlags {
  readonly class?: readonly string[];
  readonly out?: string;
}

const EXPORT_NOTES = `
The file has the instances, and no classes: an endpoint with the same classes starts with it in the
same state, as in
  cimulator lab export http://127.0.0.1:5985/wsman -o today.mof
  cimulator serve --lab today.mof
Without a URL and an account the endpoint of this user that runs is asked over its control API.
It holds whatever the properties hold, secrets as well, and is for its owner alone (0600).`;

const CAPTURE_NOTES = `
The file compiles by itself: qualifiers, classes, instances. An endpoint serves it by
  cimulator lab capture https://server:5986/wsman --namespace root/cimv2 \\
    --class Win32_Service -o lab.mof
  cimulator serve --schema lab.mof --lab none --namespace root/cimv2
An association is in it when both of its ends are. Secrets are replaced by ***.`;

/** Adds `cimulator lab` to the program. */
export function addLabCommand(program: Command, terminal: Terminal = processTerminal): void {
  const lab = program.command('lab').description('labs: the instances that an endpoint starts with');
  addExport(lab, terminal);
  addCapture(lab, terminal);
  addImport(lab, terminal);
}

function addCapture(lab: Command, terminal: Terminal): void {
  const command = lab
    .command('capture')
    .description('write classes and instances of a running server, whoever made it, as a lab')
    .argument('[url]', 'the server; --url does as well')
    .addOption(new Option('--class <name>', 'only this class with its subclasses; may be repeated').argParser(collect))
    .addOption(new Option('--scrub', 'replace serial numbers, IP and MAC addresses, too: labs get committed'))
    .addOption(
      new Option('--secret <entry>', 'what is secret besides: Name, or Class.Name; may be repeated').argParser(collect),
    )
    .addOption(new Option('-o, --out <file>', 'where to write; to the terminal by default'));
  addConnectionOptions(command)
    .addHelpText('after', CAPTURE_NOTES)
    .action((url: string | undefined, flags: CaptureFlags) =>
      runCommand(terminal, async () => {
        const { namespace, class: classNames, scrub, secret: secrets } = flags;
        const given = url === undefined ? flags : { ...flags, url };
        const lab = await withClient(given, (client) => captureLab(client, { namespace, classNames, scrub, secrets }));
        write(lab.text, flags, terminal);
        terminal.err(lab.lost.map((line) => `left out: ${line}\n`).join('') + summary(lab, flags));
      }),
    );
}

interface ImportFlags extends Pick<CaptureFlags, 'out' | 'scrub' | 'secret' | 'namespace'> {
  readonly key?: readonly string[];
}

const IMPORT_NOTES = `
On Windows:
  Get-CimInstance Win32_Service | Export-Clixml services.clixml -Depth 3
Then here:
  cimulator lab import services.clixml -o services.mof
  cimulator serve --schema services.mof --lab none --namespace root/cimv2
Secrets are replaced by ***.`;

function addImport(lab: Command, terminal: Terminal): void {
  lab
    .command('import')
    .description('make a lab of what Get-CimInstance … | Export-Clixml wrote')
    .argument('<file>', 'CLIXML')
    .addOption(new Option('--namespace <name>', 'of instances that do not say theirs').default('root/cimv2'))
    .addOption(
      new Option('--key <class.property>', 'a key that the file does not tell; may be repeated').argParser(collect),
    )
    .addOption(new Option('--scrub', 'replace serial numbers, IP and MAC addresses, too: labs get committed'))
    .addOption(
      new Option('--secret <entry>', 'what is secret besides: Name, or Class.Name; may be repeated').argParser(collect),
    )
    .addOption(new Option('-o, --out <file>', 'where to write; to the terminal by default'))
    .addHelpText('after', IMPORT_NOTES)
    .action((file: string, flags: ImportFlags) =>
      runCommand(terminal, async () => {
        const { namespace, key: keys, secret: secrets, scrub } = flags;
        const { text, instances } = importClixml(readFile(file), { namespace, keys, secrets, scrub });
        write(text, flags, terminal);
        const classes = new Set(instances.map(({ className }) => className)).size;
        terminal.err(
          `${instances.length} instances of ${classes} classes${flags.out === undefined ? '' : ` to ${flags.out}`}\n`,
        );
      }),
    );
}

/** PowerShell writes UTF-16 with a mark, or UTF-8. @throws UsageError */
function readFile(file: string): string {
  try {
    const bytes = readFileSync(file);
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return bytes.toString(isUtf16 ? 'utf16le' : 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file} (${errorCode(error)})`, { cause: error });
  }
}

function addExport(lab: Command, terminal: Terminal): void {
  const command = lab
    .command('export')
    .description('write the instances of a namespace as MOF that starts the same state again')
    .argument('[url]', 'the endpoint; --url does as well')
    .addOption(new Option('--class <name>', 'only this class with its subclasses; may be repeated').argParser(collect))
    .addOption(new Option('-o, --out <file>', 'where to write; to the terminal by default'));
  addControlOptions(addConnectionOptions(command))
    .addHelpText('after', EXPORT_NOTES)
    .action((url: string | undefined, flags: ExportFlags & ControlFlags, self: Command) =>
      runCommand(terminal, async () => {
        const exported = await exportOverControl(url, flags, self);
        if (exported) {
          await writePrivate(exported.mof, flags, terminal);
          terminal.err(counted(exported, { ...flags, namespace: exported.namespace }));
          return;
        }
        const given = url === undefined ? flags : { ...flags, url };
        const content = await withClient(given, (client) => readNamespace(client, flags.class));
        await writePrivate(
          printLab(content.instances, (name) => content.classes.get(name)),
          flags,
          terminal,
        );
        terminal.err(summary(content, flags));
      }),
    );
}

/** What was written, and what the server kept to itself. */
function summary({ instances, refused }: NamespaceContent, flags: ExportFlags): string {
  const lines = refused.map(({ className, reason }) => `left out: ${className}: ${reason}\n`);
  const classes = new Set(instances.map(({ className }) => className)).size;
  return lines.join('') + counted({ instances: instances.length, classes }, flags);
}

function counted(
  { instances, classes }: { readonly instances: number; readonly classes: number },
  { namespace, out }: ExportFlags,
): string {
  return `${instances} instances of ${classes} classes in ${namespace}${out === undefined ? '' : ` to ${out}`}\n`;
}

async function writePrivate(text: string, { out: file }: ExportFlags, terminal: Terminal): Promise<void> {
  if (file === undefined) terminal.out(text);
  else await writePrivateOutput(file, text).catch((error: unknown) => refuse(file, error));
}

function write(text: string, { out: file }: Pick<ExportFlags, 'out'>, terminal: Terminal): void {
  if (file === undefined) {
    terminal.out(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    refuse(file, error);
  }
}

/** @throws UsageError */
function refuse(file: string | undefined, error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new UsageError(`--out ${file}: ${why}`, { cause: error });
}

import { type Command, Option } from 'commander';
import { encodeInvokeResult } from '../bridge/encode-invoke-result.js';
import { knownMethod } from '../bridge/known-method.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { MethodDescription } from '../client/class-description.js';
import type { InvokeResult } from '../client/message/read-invoke-result.js';
import { collect } from './collect.js';
import { addConnectionOptions, type ConnectionFlags, withClient } from './connection-options.js';
import { formatRows, type Row, valueRows } from './format-values.js';
import { type ArgumentFlags, addArgumentOptions, parseArguments } from './parse-arguments.js';
import { parseTarget } from './parse-target.js';
import { printable, printableJson, printableXml } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface InvokeFlags extends ConnectionFlags, ArgumentFlags {
  readonly on: string;
  readonly key?: readonly string[];
  readonly json?: boolean;
  readonly xml?: boolean;
  readonly text?: boolean;
}

const NOTES = `
The object is given as a path, as selectors, or by keys one at a time; a class alone calls a
static method:
  --on 'CIM_Fan.DeviceID="1",SystemName="a"'
  --on 'CIM_Fan?DeviceID=1+SystemName=a'
  --on CIM_Fan --key DeviceID=1 --key SystemName=a
References (--ref) are given in the same ways. A class may be a whole resource URI.

Example, on the lab 'two-servers':
  c=MSFTSM_ComputerSystem
  cimulator invoke CreateOrModifyReplicationPipe \\
    --on MSISCSITARGET_StorageConfigurationService \\
    --key SystemCreationClassName=$c --key SystemName=iscsi-a.lab.example \\
    --key CreationClassName=MSISCSITARGET_StorageConfigurationService \\
    --key Name=StorageConfigurationService \\
    --arg PipeElementName=pipe-a \\
    --ref SourceSystem="$c?CreationClassName=$c+Name=iscsi-a.lab.example" \\
    --ref TargetSystem="$c?CreationClassName=$c+Name=iscsi-b.lab.example"

Exit status: 0 when the method returned 0 or nothing, 3 when it returned another value, 1 when it
was not run.`;

/** The method ran and returned something else than 0. */
const RETURNED_NON_ZERO = 3;

/** Adds `cimulator invoke` to the program. */
export function addInvokeCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('invoke')
    .description('call a method of a CIM object or class')
    .argument('<method>', 'name of the method')
    .requiredOption('--on <object>', 'the object, or the class of a static method')
    .addOption(new Option('--key <name=value>', 'a key of the object; may be repeated').argParser(collect))
    .optionsGroup('Parameters:');
  addArgumentOptions(command, 'parameter')
    .optionsGroup('Output:')
    .addOption(new Option('--json', 'print the outputs as JSON'))
    .addOption(
      new Option('--xml', 'print the answer as it came, and on stderr what the ReturnValue means').conflicts('json'),
    )
    .addOption(new Option('--text', 'numbers and booleans among the outputs are text'));
  addConnectionOptions(command)
    .addHelpText('after', NOTES)
    .action((method: string, flags: InvokeFlags) =>
      runCommand(terminal, async () => {
        const target = parseTarget(flags.on, flags.key ?? []);
        const parameters = parseArguments(flags);
        const values = flags.text || flags.xml ? 'text' : 'typed';
        const { result, declared } = await withClient(flags, async (client) => {
          const result = await client.invoke(target, method, parameters, { values, returnLabel: true });
          const path = typeof target === 'string' ? new InstancePath({ className: target }) : target;
          return { result, declared: flags.json ? await knownMethod(client, path, method) : undefined };
        });
        terminal.out(formatInvokeResult(result, flags, declared));
        // Beside the XML, which it would break.
        if (flags.xml && result.returnLabel !== undefined) terminal.err(formatRows(returnedRow(result)));
        if (!succeeded(result)) terminal.setExitCode(RETURNED_NON_ZERO);
      }),
    );
}

/**
 * The result as the flags want it, with a line break at its end.
 *
 * @param method its declaration, for the types in JSON
 */
export function formatInvokeResult(
  result: InvokeResult,
  format: { json?: boolean; xml?: boolean },
  method?: MethodDescription,
): string {
  const { reason, outputs, xml } = result;
  if (format.xml) return `${printableXml(xml)}\n`;
  if (format.json) return `${printableJson(encodeInvokeResult(result, method))}\n`;
  const why = reason === undefined ? [] : [['Reason', printable(reason)] as const];
  const text = formatRows([...returnedRow(result), ...why, ...valueRows(outputs)]);
  return text === '' ? 'The method ran and returned nothing.\n' : text;
}

function returnedRow({ returnValue, returnLabel }: InvokeResult): readonly Row[] {
  const label = returnLabel === undefined ? '' : ` (${printable(returnLabel)})`;
  return returnValue === undefined ? [] : [['ReturnValue', `${returnValue}${label}`]];
}

function succeeded({ returnValue, outputs }: InvokeResult): boolean {
  return returnValue === 0 || (returnValue === undefined && (outputs.get('ReturnValue') ?? null) === null);
}

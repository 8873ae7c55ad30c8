import { type Command, Option } from 'commander';
import type { Identity } from '../client/message/read-identity.js';
import { addConnectionOptions, type ConnectionFlags, hasSignIn, withClient } from './connection-options.js';
import { formatRows } from './format-values.js';
import { printable, printableJson, printableXml } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface IdentifyFlags extends ConnectionFlags {
  readonly anonymous?: boolean;
  readonly json?: boolean;
  readonly xml?: boolean;
}

/** Adds `cimulator identify` to the program. */
export function addIdentifyCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('identify')
    .description('ask an endpoint what it is')
    .addOption(new Option('--anonymous', 'without credentials, as Test-WSMan does'))
    .optionsGroup('Output:')
    .addOption(new Option('--json', 'print the answer as JSON'))
    .addOption(new Option('--xml', 'print the answer as it came').conflicts('json'));
  addConnectionOptions(command).action((flags: IdentifyFlags) =>
    runCommand(terminal, async () => {
      const anonymous = flags.anonymous ?? !hasSignIn(flags);
      const identity = await withClient(flags, (client) => client.identify({ anonymous }));
      terminal.out(formatIdentity(identity, flags));
    }),
  );
}

/** The answer as the flags want it, with a line break at its end. */
export function formatIdentity(identity: Identity, format: { json?: boolean; xml?: boolean }): string {
  const { xml, ...facts } = identity;
  if (format.xml) return `${printableXml(xml)}\n`;
  if (format.json) return `${printableJson(facts)}\n`;
  const said = (text: string | undefined) => printable(text ?? '(not said)');
  return formatRows([
    ['Vendor', said(facts.productVendor)],
    ['Version', said(facts.productVersion)],
    ['Protocol', said(facts.protocolVersion)],
    ...(facts.securityProfiles.length > 0
      ? [['Security', facts.securityProfiles.map(printable).join('\n')] as const]
      : []),
  ]);
}

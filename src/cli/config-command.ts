import type { Command } from 'commander';
import { checkRules } from '../config/check-rules.js';
import { checkSettings } from '../config/check-settings.js';
import { printConfigurationSchema } from '../config/configuration-schema.js';
import { endpointOptionsOf } from '../config/endpoint-options-of.js';
import { shownSettings } from '../config/shown-settings.js';
import { unknownVariables, unknownVariableText } from '../config/unknown-variables.js';
import { OptionError } from '../options/option-error.js';
import { formatTable } from './format-table.js';
import { printableJson, printableLine } from './printable.js';
import { addSettingFlags, settingsOf } from './setting-flags.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface PrintFlags {
  readonly json?: boolean;
}

const NOTES = `
Settings come from the command line, from variables CIMULATOR_..., and from a file: cimulator.yaml,
cimulator.yml or cimulator.json in the working directory, or the one that --config names. In the
file a setting is called as its flag: --https-port is httpsPort. It begins with version: 1.

Exit status: 0; 1 when something is set that cannot be.`;

/** Adds `cimulator config …` to the program. */
export function addConfigCommand(program: Command, terminal: Terminal = processTerminal): void {
  const config = program
    .command('config')
    .description("what 'serve' is set to, and what it can be set to")
    .addHelpText('after', NOTES);

  addSettingFlags(
    config.command('print').description("show what counts for a 'serve' with the same flags, and where it comes from"),
  )
    .option('--json', 'as JSON')
    .action(({ json = false }: PrintFlags, command: Command) =>
      runCommand(terminal, async () => {
        const settings = await settingsOf(command);
        // Before anything is shown: what does not go together counts for nothing.
        endpointOptionsOf(settings);
        await checkSettings(settings);
        const [unknown] = unknownVariables(process.env);
        if (unknown !== undefined) throw new OptionError(unknownVariableText(unknown));
        await checkRules(settings);
        const shown = shownSettings(settings);
        const rows = shown.map(({ name, value, origin }) => [name, textOf(value), origin]);
        terminal.out(json ? `${printableJson(shown)}\n` : formatTable(['SETTING', 'VALUE', 'FROM'], rows));
      }),
    );

  config
    .command('schema')
    .description('print the JSON Schema of the file, for editors')
    .action(() => runCommand(terminal, async () => terminal.out(await printConfigurationSchema())));
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return printableLine(typeof value === 'string' ? value : JSON.stringify(value));
}

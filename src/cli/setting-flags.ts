import { type Command, Option } from 'commander';
import { readConfigurationFile } from '../config/configuration-file.js';
import { type EffectiveSettings, effectiveSettings } from '../config/effective-settings.js';
import { flagOf, type Setting, variableOf } from '../config/setting.js';
import { SETTING_GROUPS, SETTINGS, type SettingValues } from '../config/setting-groups.js';
import { OptionError } from '../options/option-error.js';
import { argumentParser } from './argument-parser.js';

/** Adds a flag, with its variable, for everything that can be set, and the one that names the file of settings. */
export function addSettingFlags(command: Command): Command {
  for (const [title, group] of Object.entries(SETTING_GROUPS)) {
    command.optionsGroup(`${title}:`);
    for (const [name, row] of Object.entries<Setting<unknown>>(group)) command.addOption(optionOf(name, row));
  }
  return command.addOption(
    new Option('--config <file>', "settings; default: cimulator.yaml, .yml or .json here; 'none' for none").env(
      'CIMULATOR_CONFIG',
    ),
  );
}

function optionOf(name: string, { kind, text, default: value, said }: Setting<unknown>): Option {
  const flag = kind.placeholder === undefined ? flagOf(name) : `${flagOf(name)} ${kind.placeholder}`;
  const option = new Option(flag, text).env(variableOf(name));
  if (kind.words) option.choices(kind.words);
  if (kind.placeholder !== undefined) option.argParser(argumentParser(kind));
  if (kind.preset !== undefined) option.preset(kind.preset);
  return value === undefined ? option : option.default(value, said?.help);
}

/**
 * What counts of flags, variables and the file.
 *
 * @throws OptionError, DocumentError, StrictModesError, NoFileError
 */
export async function settingsOf(command: Command): Promise<EffectiveSettings> {
  const given: Record<'flags' | 'variables', Record<string, unknown>> = { flags: {}, variables: {} };
  for (const [name, { kind }] of SETTINGS) {
    const source = command.getOptionValueSource(name);
    const value: unknown = command.getOptionValue(name);
    if (source === 'cli') given.flags[name] = value;
    if (source === 'env') given.variables[name] = variableValue(name, kind, value);
  }
  const file = await readConfigurationFile(command.getOptionValue('config'));
  const { flags, variables } = given as Record<'flags' | 'variables', Partial<SettingValues>>;
  return effectiveSettings({ flags, variables, file });
}

/** A variable may say several, and of a switch that it is off, which commander does not know. */
function variableValue(name: string, kind: Setting<unknown>['kind'], value: unknown): unknown {
  const text = process.env[variableOf(name)] ?? '';
  if (kind.readVariable) return kind.readVariable(text);
  if (kind.placeholder !== undefined) return value;
  try {
    return kind.read(text, undefined);
  } catch (error) {
    throw error instanceof OptionError ? new OptionError(`${variableOf(name)}: ${error.message}`) : error;
  }
}

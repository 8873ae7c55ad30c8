import { DocumentError } from '../options/document/document-error.js';
import { OptionError } from '../options/option-error.js';
import type { ValuePath } from '../options/shape/value-path.js';
import { calledBy, type EffectiveSettings } from './effective-settings.js';
import type { SettingName } from './setting-groups.js';

/** The setting that an option of `startEndpoint` comes from, where it is called otherwise. */
const SETTING_OF: Readonly<Record<string, SettingName>> = {
  lab: 'lab',
  rules: 'rules',
  host: 'host',
  port: 'port',
  httpsPort: 'httpsPort',
  'control.port': 'control',
  'control.host': 'controlHost',
  clientCertificates: 'clientCa',
};

/** Settings that name a file, which errors about its content name in turn. */
const FILE_SETTINGS = ['cert', 'key', 'clientCa', 'clientCrl', 'keytab'] as const satisfies readonly SettingName[];

/**
 * An error about an option, told as whoever set it would call it: the line of the file, the variable, the flag. One about the content of a
 * file that the configuration names has the line that names it before it. Any other as it is.
 *
 * @param error its `option` says which option it is about: `port`, `rules[2].when.method`
 */
export function toldBySetting(settings: EffectiveSettings, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (!('option' in error) || typeof error.option !== 'string') return toldByFile(settings, error);
  const { option, message } = error;
  const name = SETTING_OF[option] ?? SETTING_OF[/^\w+/.exec(option)?.[0] ?? ''];
  if (name === undefined) return error;
  const origin = settings.originOf(name);
  const problem = message.startsWith(`${option}: `) ? message.slice(option.length + 2) : message;
  if (origin.from === 'file') {
    const path = [name, ...stepsOf(option).slice(1)];
    return new DocumentError(settings.placeOf(path) ?? origin.place, `${textOf(name, option)}: ${problem}`, {
      cause: error,
    });
  }
  // What nobody set is told by the message alone; and so is what does not begin with the name that options have.
  return problem === message ? error : new OptionError(`${calledBy(settings, name)}: ${problem}`, { cause: error });
}

/** A message names the file itself: who gave it by a flag or a variable knows where. */
function toldByFile({ values, placeOf }: EffectiveSettings, error: Error): Error {
  for (const name of FILE_SETTINGS) {
    const file = values[name];
    const place = file !== undefined && error.message.includes(file) ? placeOf([name]) : undefined;
    if (place) return new DocumentError(place, `${name}: ${error.message}`, { cause: error });
  }
  return error;
}

/** `rules[2].when.method` */
function stepsOf(option: string): ValuePath {
  return [...option.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
}

function textOf(name: SettingName, option: string): string {
  return option.includes('[') ? `${name}${option.slice(option.indexOf('['))}` : name;
}

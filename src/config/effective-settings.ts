import { type DocumentPlace, placeText } from '../options/document/document-error.js';
import type { ValuePath } from '../options/shape/value-path.js';
import type { ConfigurationFile } from './configuration-file.js';
import { flagOf, variableOf } from './setting.js';
import { SETTINGS, type SettingName, type SettingValues } from './setting-groups.js';

/** Where a value comes from. */
export type SettingOrigin =
  | { readonly from: 'flag' | 'variable' | 'default' }
  | { readonly from: 'file'; readonly place: DocumentPlace };

/** What counts, after all that was given. */
export interface EffectiveSettings {
  readonly values: SettingValues;
  originOf(name: SettingName): SettingOrigin;
  /** Where in the file a part of a setting stands; undefined where the setting comes from elsewhere. */
  placeOf(path: ValuePath): DocumentPlace | undefined;
}

/** What was given, by the name of the setting. */
export interface GivenSettings {
  readonly flags?: Partial<SettingValues>;
  readonly variables?: Partial<SettingValues>;
  readonly file?: ConfigurationFile | undefined;
}

/** Puts together what was given. A flag counts before the variable, that before the file, and that before the default: the whole value. */
export function effectiveSettings({ flags = {}, variables = {}, file }: GivenSettings): EffectiveSettings {
  const defaults = [...SETTINGS].map(([name, row]) => [name, row.default]);
  const values = { ...Object.fromEntries(defaults), ...file?.values, ...variables, ...flags } as SettingValues;
  const originOf = (name: SettingName): SettingOrigin => {
    if (name in flags) return { from: 'flag' };
    if (name in variables) return { from: 'variable' };
    return file !== undefined && name in file.values
      ? { from: 'file', place: file.placeOf([name]) }
      : { from: 'default' };
  };
  return {
    values,
    originOf,
    placeOf: (path) => (originOf(path[0] as SettingName).from === 'file' ? file?.placeOf(path) : undefined),
  };
}

/** What a person would call the setting there: `--port`, `CIMULATOR_PORT`, `cimulator.yaml:3:7: port`. */
export function calledBy({ originOf }: EffectiveSettings, name: SettingName): string {
  const origin = originOf(name);
  if (origin.from === 'variable') return variableOf(name);
  return origin.from === 'file' ? `${placeText(origin.place)}: ${name}` : flagOf(name);
}

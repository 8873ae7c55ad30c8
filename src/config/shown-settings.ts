import { placeText } from '../options/document/document-error.js';
import type { EffectiveSettings } from './effective-settings.js';
import { flagOf, variableOf } from './setting.js';
import { SETTINGS, type SettingName } from './setting-groups.js';

/** A setting as it may be shown. */
export interface ShownSetting {
  readonly name: string;
  /** Secrets are masked; null where nothing is set. */
  readonly value: unknown;
  /** The flag, the variable, `file:line:column`, or `default`. */
  readonly origin: string;
}

/** Every setting with what counts, in the order of the groups. */
export function shownSettings(settings: EffectiveSettings): readonly ShownSetting[] {
  return [...SETTINGS].map(([key, { kind }]) => {
    const name = key as SettingName;
    const value = settings.values[name];
    const shown = value === undefined ? null : (kind.shown?.(value) ?? value);
    return { name, value: shown, origin: originText(settings, name) };
  });
}

function originText({ originOf }: EffectiveSettings, name: SettingName): string {
  const origin = originOf(name);
  if (origin.from === 'file') return placeText(origin.place);
  if (origin.from === 'default') return 'default';
  return origin.from === 'flag' ? flagOf(name) : variableOf(name);
}

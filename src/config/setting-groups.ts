import type { Setting, SettingGroup, ValuesOf } from './setting.js';
import { accountSettings } from './settings/account-settings.js';
import { controlSettings } from './settings/control-settings.js';
import { modelSettings } from './settings/model-settings.js';
import { networkSettings } from './settings/network-settings.js';
import { runningSettings } from './settings/running-settings.js';

/** Everything that can be set, in the order and under the headings of the help of `serve`. A setting is a row in its group, and nothing else. */
export const SETTING_GROUPS = {
  Network: networkSettings,
  Accounts: accountSettings,
  Model: modelSettings,
  Control: controlSettings,
  Running: runningSettings,
} as const satisfies Readonly<Record<string, SettingGroup>>;

/** The values of all settings. */
export type SettingValues = ValuesOf<typeof networkSettings> &
  ValuesOf<typeof accountSettings> &
  ValuesOf<typeof modelSettings> &
  ValuesOf<typeof controlSettings> &
  ValuesOf<typeof runningSettings>;

export type SettingName = keyof SettingValues & string;

/** All rows by name. */
export const SETTINGS: ReadonlyMap<string, Setting<unknown>> = new Map(
  Object.values(SETTING_GROUPS).flatMap((group) => Object.entries<Setting<unknown>>(group)),
);

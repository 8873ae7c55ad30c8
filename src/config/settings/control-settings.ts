import { portOrOff } from '../kinds/number-kinds.js';
import { path, text } from '../kinds/text-kinds.js';
import { type SettingGroup, setting } from '../setting.js';

/** What other processes may do with the endpoint, and how they find it. */
export const controlSettings = {
  control: setting(portOrOff, "port of the control API; 0 for any free one, 'off' for none", 0),
  controlHost: setting(text('<address>'), 'address of the control API; other machines need TLS', '127.0.0.1'),
  writeEnv: setting(
    path('<file>'),
    'write NAME=value lines for scripts, password and token among them, when ready; also as --env-file',
  ),
} as const satisfies SettingGroup;

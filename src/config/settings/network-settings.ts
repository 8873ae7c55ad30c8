import { hosts } from '../kinds/hosts.js';
import { envelopeSize, portOrOff, rebootSeconds } from '../kinds/number-kinds.js';
import { quotaSettings, SETTING_NAMES } from '../kinds/quota-settings.js';
import { path, text } from '../kinds/text-kinds.js';
import { type SettingGroup, setting } from '../setting.js';

/** Where to listen, and what a peer may use. */
export const networkSettings = {
  host: setting(text('<address>'), 'address to listen on', '127.0.0.1'),
  port: setting(portOrOff, "HTTP port; 0 for any free one, 'off' for none", 5985),
  httpsPort: setting(portOrOff, "HTTPS port; 0 for any free one, 'off' for none", 5986),
  hosts: setting(
    hosts,
    'computers of the lab and their HTTP ports, or others besides; default: any free ones (docs/hosts.md)',
  ),
  cert: setting(path('<file>'), 'TLS certificate, PEM; default: a self-signed one, made and kept'),
  key: setting(path('<file>'), 'private key of --cert, PEM'),
  rebootSeconds: setting(rebootSeconds, 'how long connections are refused when a client restarts the computer', 2),
  maxEnvelopeSizeKb: setting(envelopeSize, 'largest request, in KiB; Windows has 500', 2048),
  setting: setting(quotaSettings, `a quota of winrm/config, ${SETTING_NAMES.join(', ')}; may be repeated`),
} as const satisfies SettingGroup;

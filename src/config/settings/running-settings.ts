import { defaultDataDirectory } from '../../files/default-data-directory.js';
import { LOG_FORMATS } from '../../http/log-format.js';
import { LOG_LEVELS } from '../../http/log-level.js';
import { TELL_REASONS } from '../../http/tell-reasons.js';
import { listOf } from '../kinds/list-of.js';
import { countOrAuto, countOrOff } from '../kinds/number-kinds.js';
import { stateText } from '../kinds/state-text.js';
import { choice, onOff, path } from '../kinds/text-kinds.js';
import { type SettingGroup, setting } from '../setting.js';

/** How the process runs, what it keeps, and what it tells. */
export const runningSettings = {
  dataDir: setting(
    path('<dir>', 'none'),
    "where accounts and certificate are kept; 'none': nowhere",
    defaultDataDirectory(),
    { page: "the platform's place for application data of the user" },
  ),
  state: setting(
    stateText,
    "where instances are kept: a folder, 'none', postgres://…; default: in the data directory; none with --lab, --schema or --provider",
  ),
  allowReset: setting(onOff, 'let a database be reset, and taken back to a snapshot, though others may have it', false),
  workers: setting(
    countOrAuto,
    "processes that serve on the same ports, over one state (docs/scaling.md); 'auto': one for each core",
    1,
  ),
  logLevel: setting(choice('<level>', LOG_LEVELS), 'log on stderr', 'warn'),
  logFormat: setting(
    choice('<format>', LOG_FORMATS),
    'text for a person, JSON lines; auto: text on a terminal',
    'auto',
  ),
  tellReasons: setting(
    choice('<whom>', TELL_REASONS),
    'tell callers why a call ended so, beside the answer; not as Windows does',
    'loopback',
  ),
  requests: setting(
    countOrOff,
    "how many requests are kept for 'cimulator requests'; 'off': none, as without the control API",
    10_000,
  ),
  secret: setting(
    listOf('<[class.]name>'),
    'a parameter or property that is masked wherever requests are shown; may be repeated',
  ),
  metrics: setting(onOff, 'count what happens for Prometheus: /metrics of the control API', false),
  traceSoap: setting(
    path('<dir>'),
    'write each message and its answer there, decrypted, secrets masked; of the last 1,000',
  ),
  readyJson: setting(onOff, 'print one JSON line when listening, and nothing else', false),
  exitOnStdinEnd: setting(onOff, 'stop, as at SIGTERM, when stdin ends: with the process that wrote to it', false),
} as const satisfies SettingGroup;

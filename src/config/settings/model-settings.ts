import { ISCSI_TARGET_NAMESPACE } from '../../endpoint/iscsi-target-namespace.js';
import { MOF_DIALECTS } from '../../mof/dialect.js';
import { labScale } from '../kinds/lab-scale.js';
import { pathsOf } from '../kinds/list-of.js';
import { seed } from '../kinds/number-kinds.js';
import { rules } from '../kinds/rules.js';
import { choice } from '../kinds/text-kinds.js';
import { namespaceName } from '../kinds/word-kinds.js';
import { type SettingGroup, setting } from '../setting.js';

/** As the endpoint tells a file from a lab by its name. */
const isLabFile = (lab: string) => /[\\/.]/.test(lab);

/** What is served: classes, instances and their behaviour. */
export const modelSettings = {
  lab: setting(
    pathsOf('<name|file.mof>', isLabFile),
    "the instances to start with, 'none' for none; may be repeated; default: two-servers",
  ),
  labScale: setting(
    labScale,
    'how many services and processes each computer of a built-in lab has, in all, by --seed; default: those of the lab',
  ),
  schema: setting(
    pathsOf('<dir|file.mof>', (schema) => schema !== 'built-in'),
    "MOF class declarations, 'built-in' for those of the iSCSI target; may be repeated; default: built-in",
  ),
  namespace: setting(
    namespaceName,
    'where MOF, providers and requests belong that name no namespace',
    ISCSI_TARGET_NAMESPACE,
  ),
  dialect: setting(
    choice('<name>', MOF_DIALECTS),
    'MOF as DMTF has it, or as Windows takes it; auto: by the marks of each file',
    'auto',
  ),
  provider: setting(pathsOf('<file.mjs>'), "behaviour of classes: a module that exports 'providers'; may be repeated"),
  profile: setting(
    choice('<name>', ['smi-s', 'windows']),
    'answer as the SMI-S documents say, or as Windows does',
    'smi-s',
  ),
  seed: setting(seed, 'make generated identifiers repeatable'),
  rules: setting(
    rules,
    'what is to go wrong on purpose, a file of YAML or JSON, or the rules (docs/breaking-things.md)',
  ),
} as const satisfies SettingGroup;

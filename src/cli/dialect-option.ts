import { Option } from 'commander';
import { MOF_DIALECTS } from '../mof/dialect.js';

/** `--dialect`, for commands that read MOF files. */
export function dialectOption(): Option {
  return new Option('--dialect <name>', 'MOF as DMTF has it, or as Windows takes it; auto: by the marks of each file')
    .choices(MOF_DIALECTS)
    .default('auto');
}

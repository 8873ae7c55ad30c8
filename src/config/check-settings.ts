import { existsSync } from 'node:fs';
import { parseRoles } from '../auth/accounts/role.js';
import { findLabs, isFile } from '../endpoint/find-labs.js';
import { DocumentError } from '../options/document/document-error.js';
import { OptionError } from '../options/option-error.js';
import { pathText, type ValuePath } from '../options/shape/value-path.js';
import { calledBy, type EffectiveSettings } from './effective-settings.js';
import type { SettingName } from './setting-groups.js';

/** Settings that name files which must be there. */
const FILES = ['cert', 'key', 'keytab', 'clientCa', 'clientCrl'] as const satisfies readonly SettingName[];

/**
 * Looks at what only this machine knows of the settings: whether labs, rules, schemas and other files are there, and whether accounts have
 * roles that there are. Nothing is opened.
 *
 * @throws OptionError, or DocumentError with the line of the file that says it
 */
export async function checkSettings(settings: EffectiveSettings): Promise<void> {
  const { lab = [], schema = [], rules, provider = [] } = settings.values;
  for (const name of FILES) checkFile(settings, [name], settings.values[name]);
  if (typeof rules === 'string') checkFile(settings, ['rules'], rules);
  for (const [at, file] of provider.entries()) checkFile(settings, ['provider', at], file);
  for (const [at, file] of schema.entries()) if (file !== 'built-in') checkFile(settings, ['schema', at], file);
  for (const [at, one] of lab.entries())
    if (isFile(one)) checkFile(settings, ['lab', at], one);
    else if (one !== 'none') await located(settings, ['lab', at], () => findLabs([one]));
  await checkRoles(settings);
}

async function checkRoles(settings: EffectiveSettings): Promise<void> {
  for (const [at, one] of (settings.values.user ?? []).entries()) {
    const roles = typeof one === 'string' ? [] : (one.roles ?? []);
    for (const [index, role] of roles.entries())
      await located(settings, ['user', at, 'roles', index], () => parseRoles([role]));
  }
}

function checkFile(settings: EffectiveSettings, path: readonly [SettingName, number?], file: string | undefined): void {
  if (file === undefined || existsSync(file)) return;
  throw new OptionError(`${nameIn(settings, path as ValuePath)} ${file}: there is no such file`);
}

/** Of what a flag or a variable said the message alone: it quotes it. */
async function located(settings: EffectiveSettings, path: ValuePath, run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    const place = settings.placeOf(path);
    if (place === undefined || !(error instanceof Error)) throw error;
    throw new DocumentError(place, `${pathText(path)}: ${error.message}`, { cause: error });
  }
}

function nameIn(settings: EffectiveSettings, path: ValuePath): string {
  const place = settings.placeOf(path);
  if (place === undefined) return calledBy(settings, path[0] as SettingName);
  return `${place.file}:${place.line}:${place.column}: ${pathText(path)}:`;
}

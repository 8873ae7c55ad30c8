import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../files/error-code.js';
import { readContent } from '../files/own-file.js';
import { checkDocument } from '../options/document/check-document.js';
import { DocumentError, type DocumentPlace } from '../options/document/document-error.js';
import { type LocatedDocument, parseDocument } from '../options/document/parse-document.js';
import { OptionError } from '../options/option-error.js';
import type { ValuePath } from '../options/shape/value-path.js';
import { CONFIGURATION_VERSION, configurationSchema } from './configuration-schema.js';
import { SETTINGS, type SettingValues } from './setting-groups.js';

/** What is looked for in the working directory. */
export const CONFIGURATION_FILES = ['cimulator.yaml', 'cimulator.yml', 'cimulator.json'] as const;

/** The word in the place of a file that stands for none. */
const NONE = 'none';

/** What a file of settings says. */
export interface ConfigurationFile {
  readonly file: string;
  readonly values: Partial<SettingValues>;
  /** Where a setting stands, or a part of it. */
  placeOf(path: ValuePath): DocumentPlace;
}

/**
 * Reads the settings of a file.
 *
 * @param given the file, or `none`; undefined: that of the working directory, if there is one
 * @returns undefined for none
 * @throws OptionError, StrictModesError, NoFileError for a file that cannot be read, or that somebody else put there; DocumentError for
 *   what it says
 */
export async function readConfigurationFile(given: string | undefined): Promise<ConfigurationFile | undefined> {
  const file = given ?? findFile();
  if (file === undefined || given === NONE) return undefined;
  const { text, check } = await readText(file);
  // What was named is meant. What only lies there runs code (`provider`), and so must be the user's own.
  if (given === undefined) check('trusted');
  const document = await parseDocument(text, file);
  checkVersion(document);
  checkDocument(await configurationSchema(), document);
  return {
    file,
    values: valuesOf(document, given === undefined ? '' : dirname(file)),
    placeOf: (path) => document.placeOf(path),
  };
}

function findFile(): string | undefined {
  const found = CONFIGURATION_FILES.filter((name) => existsSync(name));
  if (found.length < 2) return found[0];
  throw new OptionError(`there are ${found.join(' and ')} here: name the one that counts with --config`);
}

async function readText(file: string): ReturnType<typeof readContent> {
  try {
    return await readContent(file);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new OptionError(`--config ${file}: ${why}`);
  }
}

/** Of another version nothing else is looked at: what is wrong by this one may be right by that. */
function checkVersion(document: LocatedDocument): void {
  const { value, placeOf } = document;
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const version = isMap && 'version' in value ? value.version : undefined;
  if (version === CONFIGURATION_VERSION) return;
  const place = placeOf(['version']);
  if (version === undefined)
    throw new DocumentError(
      place,
      `the version of the format is missing: begin with version: ${CONFIGURATION_VERSION}`,
    );
  const isNewer = typeof version === 'number' && version > CONFIGURATION_VERSION;
  const remedy = isNewer
    ? `a newer cimulator reads it (npm install cimulator@latest); 'cimulator config schema' says what this one reads`
    : `write version: ${CONFIGURATION_VERSION}, and see 'cimulator config schema' for what it may say`;
  throw new DocumentError(
    place,
    `the version of the format is ${CONFIGURATION_VERSION}, not ${quote(version)}: ${remedy}`,
  );
}

function quote(value: unknown): string {
  return JSON.stringify(value).slice(0, 40);
}

function valuesOf({ value, placeOf }: LocatedDocument, folder: string): Partial<SettingValues> {
  const members = Object.entries(value as object).filter(([name]) => SETTINGS.has(name));
  const read = members.map(([name, given]) => {
    try {
      return [name, SETTINGS.get(name)?.kind.fromFile?.(given, folder === '.' ? '' : folder) ?? given];
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      throw new DocumentError(placeOf([name]), `${name}: ${error.message}`, { cause: error });
    }
  });
  return Object.fromEntries(read) as Partial<SettingValues>;
}

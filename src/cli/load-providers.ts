import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Provider } from '../cim/provider.js';
import { checkProvider } from '../endpoint/check-provider.js';
import type { NamespaceProvider } from '../endpoint/place-providers.js';
import { OptionError } from '../options/option-error.js';
import { UsageError } from './exit-with-error.js';
import { locateImportError } from './locate-import-error.js';

/**
 * Loads modules that export `providers`, a list of providers with or without namespace.
 *
 * @throws UsageError that names the file, and the line of a mistake in it
 */
export async function loadProviders(files: readonly string[]): Promise<readonly (Provider | NamespaceProvider)[]> {
  const lists = await Promise.all(files.map(loadFile));
  return lists.flat();
}

async function loadFile(file: string): Promise<readonly (Provider | NamespaceProvider)[]> {
  const { providers } = await importFile(file);
  if (!Array.isArray(providers))
    throw new UsageError(`--provider ${file}: it must export 'providers', a list of providers`);
  try {
    providers.forEach((one, index) => void checkProvider(`providers[${index}]`, one));
  } catch (error) {
    throw error instanceof OptionError
      ? new UsageError(`--provider ${file}: ${error.message}`, { cause: error })
      : error;
  }
  return providers;
}

async function importFile(file: string): Promise<{ readonly providers?: unknown }> {
  if (!existsSync(file)) throw new UsageError(`--provider ${file}: there is no such file`);
  const url = pathToFileURL(resolve(file)).href;
  try {
    return await import(url);
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const place = await locateImportError(error, url);
    throw new UsageError(`--provider ${placeIn(file, place)}: ${why}`, { cause: error });
  }
}

/** The file, and where in it or in one that it imports. */
function placeIn(file: string, place: string | undefined): string {
  if (place === undefined) return file;
  return place.startsWith(`${file}:`) ? place : `${file}: ${place}`;
}

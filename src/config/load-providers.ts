import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkGivenProvider } from '../endpoint/check-provider.js';
import type { GivenProvider, NamespaceProvider } from '../endpoint/place-providers.js';
import { OptionError } from '../options/option-error.js';
import { locateImportError } from './locate-import-error.js';

/**
 * Loads modules that export `providers`, a list of providers with or without namespace.
 *
 * @param namespace of those without
 * @param nameOf what whoever set the file would call it
 * @throws OptionError which names the file, and the line of a mistake where it cannot be loaded
 */
export async function loadProviders(
  files: readonly string[],
  namespace: string,
  nameOf: (index: number) => string = () => '--provider',
): Promise<readonly GivenProvider[]> {
  const lists = await Promise.all(files.map((file, index) => loadFile(file, namespace, nameOf(index))));
  return lists.flat();
}

async function loadFile(file: string, namespace: string, setting: string): Promise<readonly GivenProvider[]> {
  const { providers } = await importFile(file, setting);
  if (!Array.isArray(providers))
    throw new OptionError(`${setting} ${file}: it must export 'providers', a list of providers`);
  return providers.map((one: unknown, index) => {
    const name = `${file}: providers[${index}]`;
    checkGivenProvider(`${setting} ${name}`, one);
    return named(one as GivenProvider, name, namespace);
  });
}

/** With the file, for the errors of whoever looks at it together with its class. */
function named(one: GivenProvider, name: string, namespace: string): NamespaceProvider {
  if (typeof one === 'object' && 'provider' in one) return { name, ...one };
  return { namespace, provider: one, name };
}

async function importFile(file: string, setting: string): Promise<{ readonly providers?: unknown }> {
  if (!existsSync(file)) throw new OptionError(`${setting} ${file}: there is no such file`);
  const url = pathToFileURL(resolve(file)).href;
  try {
    return await import(url);
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const place = await locateImportError(error, url);
    throw new OptionError(`${setting} ${placeIn(file, place)}: ${why}`, { cause: error });
  }
}

/** The file, and where in it or in one that it imports. */
function placeIn(file: string, place: string | undefined): string {
  if (place === undefined) return file;
  return place.startsWith(`${file}:`) ? place : `${file}: ${place}`;
}

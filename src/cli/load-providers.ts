import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Provider } from '../cim/provider.js';
import type { NamespaceProvider } from '../endpoint/place-providers.js';
import { UsageError } from './exit-with-error.js';

/**
 * Loads modules that export `providers`, a list of providers with or without namespace.
 *
 * @throws UsageError that names the file
 */
export async function loadProviders(files: readonly string[]): Promise<readonly (Provider | NamespaceProvider)[]> {
  const lists = await Promise.all(files.map(loadFile));
  return lists.flat();
}

async function loadFile(file: string): Promise<readonly (Provider | NamespaceProvider)[]> {
  const { providers } = await importFile(file);
  if (Array.isArray(providers) && providers.every(isGiven)) return providers;
  throw new UsageError(`--provider ${file}: it must export 'providers', a list of providers`);
}

async function importFile(file: string): Promise<{ readonly providers?: unknown }> {
  if (!existsSync(file)) throw new UsageError(`--provider ${file}: there is no such file`);
  try {
    return await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--provider ${file}: ${why}`, { cause: error });
  }
}

function isGiven(value: unknown): value is Provider | NamespaceProvider {
  if (!isRecord(value)) return false;
  return isProvider(value) || (typeof value.namespace === 'string' && isProvider(value.provider));
}

function isProvider(value: unknown): boolean {
  return isRecord(value) && typeof value.className === 'string' && isRecord(value.methods);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

import type { EndpointOptions } from '../endpoint/options/endpoint-options.js';
import { OptionError } from '../options/option-error.js';
import { readConfigurationFile } from './configuration-file.js';
import { calledBy, effectiveSettings } from './effective-settings.js';
import { endpointOptionsOf } from './endpoint-options-of.js';
import { loadProviders } from './load-providers.js';
import { parseUser } from './parse-user.js';

/**
 * The options that a file of settings means, as `cimulator serve --config FILE` takes it (docs/configuration.md): of the file alone,
 * neither of flags nor of the environment. What it leaves out is as `startEndpoint` has it: a free port, no HTTPS, no log, nothing kept.
 *
 * @param file YAML or JSON
 * @throws OptionError, DocumentError (`place`) for what is wrong in it, or cannot be read
 */
export async function readConfiguration(file: string): Promise<EndpointOptions> {
  const found = await readConfigurationFile(file);
  if (found === undefined) throw new OptionError("'none' is no file of settings");
  const settings = effectiveSettings({ file: found });
  const { user, dataDir, provider = [], port, httpsPort, logLevel } = found.values;
  const { port: _, httpsPort: __, logLevel: ___, ...options } = endpointOptionsOf(settings);
  const users = user?.map((one) => (typeof one === 'string' ? parseUser(one, calledBy(settings, 'user')) : one));
  return {
    ...options,
    ...(port !== undefined && { port }),
    ...(httpsPort !== undefined && { httpsPort }),
    ...(logLevel !== undefined && { logLevel }),
    ...(users && { users }),
    ...(dataDir !== undefined && dataDir !== 'none' && { dataDir }),
    providers: await loadProviders(provider, settings.values.namespace),
  };
}

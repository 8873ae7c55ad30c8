import { resolve } from 'node:path';
import type { EffectiveSettings } from '../../config/effective-settings.js';
import { readControlFiles } from '../../control/control-file.js';
import { withControl } from '../control/control-client.js';
import type { ControlFlags } from '../control/control-options.js';
import type { KeptPlace } from './kept-state.js';

/** What it takes to ask the endpoint that runs with a folder; undefined when there is none of this user. */
export async function runningWith(
  { directory }: KeptPlace,
  { values: { dataDir } }: EffectiveSettings,
): Promise<ControlFlags | undefined> {
  if (directory === undefined || dataDir === 'none') return undefined;
  for (const { url, token, fingerprint } of await readControlFiles(dataDir)) {
    const flags = {
      ...{ controlUrl: url, controlToken: token, dataDir },
      ...(fingerprint !== undefined && { controlFingerprint: fingerprint }),
    };
    // One that has just ended is none that runs.
    const facts = await withControl(flags, (client) => client.ask('GET', '/v1')).catch(() => undefined);
    const { state } = (facts ?? {}) as { readonly state?: { readonly place?: unknown } };
    if (typeof state?.place === 'string' && resolve(state.place) === directory) return flags;
  }
  return undefined;
}

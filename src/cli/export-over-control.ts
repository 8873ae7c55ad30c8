import type { Command } from 'commander';
import { readControlFiles } from '../control/control-file.js';
import type { ConnectionFlags } from './connection-options.js';
import { withControl } from './control/control-client.js';
import type { ControlFlags } from './control/control-options.js';
import { UsageError } from './exit-with-error.js';

/** What the control API says of a lab. */
interface Exported {
  readonly mof: string;
  readonly namespace: string;
  readonly instances: number;
  readonly classes: number;
}

type Flags = ConnectionFlags & ControlFlags & { readonly class?: readonly string[] };

/**
 * Asks the control API for the lab, where that is meant: by `--control-url`, or because no other endpoint is named and one of this user runs.
 *
 * @returns undefined where a client of WS-Man is to ask
 * @throws UsageError
 */
export async function exportOverControl(
  url: string | undefined,
  flags: Flags,
  command: Command,
): Promise<Exported | undefined> {
  const isTyped = (name: string) => command.getOptionValueSource(name) === 'cli';
  if (url !== undefined || ['url', 'user', 'auth', 'clientCert'].some(isTyped)) {
    if (isTyped('controlUrl'))
      throw new UsageError('either --control-url says which endpoint, or its URL and an account');
    return undefined;
  }
  if (flags.controlUrl === undefined) {
    if (command.getOptionValueSource('url') === 'env' || (await readControlFiles(flags.dataDir)).length === 0)
      return undefined;
  }
  const body = { ...(isTyped('namespace') && { namespace: flags.namespace }), classes: flags.class };
  return (await withControl(flags, (client) => client.ask('POST', '/v1/lab', body))) as Exported;
}

import type { ServiceSettings } from '../../wsman/service-settings.js';
import { openSettings } from '../open-settings.js';
import { type CommonParts, type OwnParts, type PreparedHost, prepareHost } from '../prepare-host.js';
import { type HostSource, hostParts } from './host-parts.js';
import type { PlacedHost } from './placement.js';

/** A host that does not listen yet. */
export interface ReadyHost {
  /** Undefined for the only one, without a name. */
  readonly placed: PlacedHost | undefined;
  readonly own: OwnParts;
  readonly prepared: PreparedHost;
}

/**
 * The hosts of an endpoint, the default one first.
 *
 * @param source settings: winrm/config of the default host
 * @throws as {@link prepareHost}, AccountError, RoleError
 */
export async function prepareHosts(
  source: HostSource & { readonly settings: ServiceSettings },
  common: CommonParts,
): Promise<readonly [ReadyHost, ...ReadyHost[]]> {
  const { options, placement, opened, accounts, settings, logger } = source;
  const main = placement.default;
  if (main === undefined) {
    const own: OwnParts = { name: undefined, options, ...opened, accounts, settings, logger };
    return [{ placed: undefined, own, prepared: prepareHost(own, common) }];
  }
  const prepare = async (placed: PlacedHost, itsSettings: ServiceSettings): Promise<ReadyHost> => {
    const own = await hostParts(placed, source, itsSettings);
    return { placed, own, prepared: prepareHost(own, common) };
  };
  const ready: [ReadyHost, ...ReadyHost[]] = [await prepare(main, settings)];
  for (const placed of placement.hosts) if (placed !== main) ready.push(await prepare(placed, openSettings(options)));
  return ready;
}

import type { HostNames } from '../../cim/hosts/host-names.js';
import { OptionError } from '../../options/option-error.js';
import { didYouMean, nearestName } from '../../strings/nearest-name.js';
import type { ExchangeMatch } from './exchange-match.js';

/**
 * The match with the name by which its host is declared, whatever it was called.
 *
 * @param hosts undefined where there is one without a name
 * @throws OptionError with the nearest name
 */
export function withNamedHost<M extends ExchangeMatch>(match: M, hosts: HostNames | undefined): M {
  const { host } = match;
  if (host === undefined) return match;
  const found = hosts?.find(host);
  if (found !== undefined) return { ...match, host: found.name };
  const known = hosts?.known() ?? [];
  const error = new OptionError(`host: there is no host '${host.slice(0, 200)}'${didYouMean(host, known)}`);
  throw Object.assign(error, { place: 'host', nearest: nearestName(host, known) });
}

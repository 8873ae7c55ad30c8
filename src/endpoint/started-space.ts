import type { StartedSpace } from '../control/spaces/space.js';
import type { Endpoint } from './endpoint.js';
import { hostFacts } from './hosts/host-facts.js';

/** An endpoint that was started as a space, as the control API tells of it. */
export function startedSpace({ http, https, hosts, account, control, close }: Endpoint): StartedSpace {
  const { name: user, password } = account;
  if (control === undefined || password === undefined)
    throw new Error('a space has a control API, and an account with a password');
  return {
    facts: {
      ...{ http: http?.url, https: https?.url, fingerprint: https?.fingerprints.sha256 },
      ...(hosts.size > 0 && { hosts: hostFacts(hosts) }),
      ...{ user, control: control.url },
    },
    secrets: { password, controlToken: control.token },
    close,
  };
}

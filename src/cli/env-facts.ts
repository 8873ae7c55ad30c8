import type { Endpoint } from '../endpoint/endpoint.js';
import type { EnvFacts } from './env-file.js';

/** What a running endpoint has for the environment of others. */
export function endpointFacts({ http, https, account, control }: Endpoint): EnvFacts {
  return {
    CIMULATOR_URL: http?.url,
    CIMULATOR_HTTPS_URL: https?.url,
    ...accountFacts(account),
    CIMULATOR_FINGERPRINT: https?.fingerprints.sha256,
    CIMULATOR_CONTROL_URL: control?.url,
    CIMULATOR_CONTROL_TOKEN: control?.token,
  };
}

/** What of these an account is told by. */
export function accountFacts({ name, password }: Endpoint['account']): EnvFacts {
  return { CIMULATOR_USER: name, CIMULATOR_PASSWORD: password };
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

// Python's hashlib has MD4 from OpenSSL, which has moved it to a provider that is not loaded by itself.
const LEGACY_PROVIDER = `openssl_conf = init
[init]
providers = providers
[providers]
default = active
legacy = active
[active]
activate = 1
`;

/** An environment, for the tests of a file, in which Python can sign in with NTLM, and checks no certificates that it is told not to. */
export function useLegacyOpenssl(): { readonly env: NodeJS.ProcessEnv } {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cimulator-openssl-'));
    writeFileSync(join(folder, 'openssl.cnf'), LEGACY_PROVIDER);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    get env() {
      // A CA bundle in the environment would bring back the check of certificates that the scripts turn off.
      const { REQUESTS_CA_BUNDLE: _, CURL_CA_BUNDLE: __, ...inherited } = process.env;
      return { ...inherited, OPENSSL_CONF: join(folder, 'openssl.cnf') };
    },
  };
}

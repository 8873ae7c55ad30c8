import { findLiveClient } from './live-client.js';

/** gss-ntlmssp, which gives the system's GSSAPI NTLM beside Kerberos; undefined when this machine has none. */
export function findNtlmMechanism(): string | undefined {
  return findLiveClient({
    name: 'gss-ntlmssp',
    debianPackage: 'gss-ntlmssp',
    probes: [
      [
        'sh',
        '-c',
        'for file in /usr/lib*/gssntlmssp/*.so /usr/lib/*/gssntlmssp/*.so; do [ -e "$file" ] && exit 0; done; exit 1',
      ],
    ],
  });
}

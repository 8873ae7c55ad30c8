import { findLiveClient } from './live-client.js';

/** Whether this machine can run a realm, see `startKerberosRealm`. */
export function hasKerberosKdc(): boolean {
  const kdc = findLiveClient({
    name: 'a KDC of MIT Kerberos',
    debianPackage: 'krb5-kdc, krb5-admin-server and krb5-user',
    probes: [
      [
        'sh',
        '-c',
        'PATH=$PATH:/usr/sbin; for program in krb5kdc kdb5_util kadmin.local kinit; do command -v "$program" || exit 1; done',
      ],
    ],
  });
  return kdc !== undefined;
}

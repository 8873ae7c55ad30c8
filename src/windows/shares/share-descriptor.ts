import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { accountOfSid } from '../security/account-names.js';
import { notedSecurity } from '../security/noted-security.js';
import { readTrustee, securityDescriptor } from '../security/security-descriptor.js';
import { ADMINISTRATORS, EVERYONE } from '../security/well-known-sids.js';

const READ = 0x1200a9;
const USUAL = [{ sid: EVERYONE.sid, accessMask: READ, isDenied: false, flags: 0 }];

/** The descriptor of a share: one that nobody gave any is for everybody to read. */
export async function shareDescriptor(store: InstanceReader, share: string): Promise<CimInstance> {
  return (await notedSecurity(store, `share ${share}`)) ?? securityDescriptor(ADMINISTRATORS.sid, USUAL, 'Win32_');
}

/** The same with the names of those whom it knows by their security identifiers alone. */
export async function namedDescriptor(store: InstanceReader, share: string): Promise<CimInstance> {
  const descriptor = await shareDescriptor(store, share);
  const list = async (property: string) => {
    const entries = descriptor.get(property);
    if (!isCimArray(entries)) return entries;
    const named: CimInstance[] = [];
    for (const entry of entries)
      if (entry instanceof CimInstance)
        named.push(entry.with({ Trustee: await withName(store, entry.get('Trustee')) }));
    return named;
  };
  return descriptor.with({
    DACL: await list('DACL'),
    SACL: await list('SACL'),
    Owner: await withName(store, descriptor.get('Owner')),
    Group: await withName(store, descriptor.get('Group')),
  });
}

async function withName(store: InstanceReader, trustee: CimValue): Promise<CimValue> {
  if (!(trustee instanceof CimInstance) || trustee.getString('Name') !== undefined) return trustee;
  const sid = readTrustee(trustee);
  const account = sid === undefined ? undefined : await accountOfSid(store, sid);
  if (account === undefined || account === sid) return trustee;
  const [, domain, name] = /^(?:(.*)\\)?(.*)$/s.exec(account) ?? [];
  return trustee.with({ Domain: domain ?? null, Name: name ?? null });
}

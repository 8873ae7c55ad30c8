import type { Arrangement, ReachedCode, TableValues } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath } from '../table-paths.js';
import { PORTAL_CLASS, TARGET_CLASS } from './initiator-rows.js';
import { IscsiStatus } from './iscsi-status.js';

export const SERVICE = objectPath('Win32_Service', { Name: 'MSiSCSI' });
export const runs: Arrangement = { set: SERVICE, to: { State: 'Running' } };
export const ADDRESS = 'iscsi-a.lab.example';
export const portal = (TargetPortalAddress: string) => objectPath(PORTAL_CLASS, { TargetPortalAddress });
export const target = (NodeAddress: string) => objectPath(TARGET_CLASS, { NodeAddress });
/** For everybody, and for another computer alone. */
export const [OPEN, CLOSED] = [
  'iqn.1991-05.com.microsoft:iscsi-a-t1-target',
  'iqn.1991-05.com.microsoft:iscsi-a-t2-target',
];
const newPortal: Arrangement = { call: { method: 'New', on: PORTAL_CLASS, input: { TargetPortalAddress: ADDRESS } } };
export const connected: Arrangement = { call: { method: 'Connect', on: TARGET_CLASS, input: { NodeAddress: OPEN } } };
export const ready = [runs, newPortal];

/** What every method of the initiator's service refuses. */
export const refusals = (given: readonly Arrangement[], input: TableValues = {}): readonly ReachedCode[] => [
  {
    code: 0x80041003,
    when: 'the caller is no administrator',
    given: [...given, NO_ADMINISTRATORS],
    input,
  },
  {
    code: IscsiStatus.serviceNotRunning,
    when: 'the service MSiSCSI does not run',
    given: [...given, { set: SERVICE, to: { State: 'Stopped' } }],
    input,
  },
];

import type { MethodContext, MethodInput, MethodOutput } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { MethodRefusal } from '../method-refusal.js';
import { findNote, note } from '../notes.js';
import type { StoredInstance } from '../on-instance.js';
import { type AccessControlEntry, securityDescriptor } from '../security/security-descriptor.js';
import { ADMINISTRATORS, INTERACTIVE, SYSTEM } from '../security/well-known-sids.js';
import { ServiceCode } from './service-code.js';
import { nameOf } from './service-rows.js';

/** Rights to a service: all of them; to ask, to read and to send it codes. */
const [ALL, READ] = [0xf01ff, 0x2018d];

/** Who may do what with a service of which nobody has said: the system and administrators all, those who are logged on look. */
const USUAL: readonly AccessControlEntry[] = [
  { sid: SYSTEM.sid, accessMask: ALL, isDenied: false, flags: 0 },
  { sid: ADMINISTRATORS.sid, accessMask: ALL, isDenied: false, flags: 0 },
  { sid: INTERACTIVE.sid, accessMask: READ, isDenied: false, flags: 0 },
];

export async function getSecurityDescriptor(service: StoredInstance, context: MethodContext): Promise<MethodOutput> {
  const kept = (await findNote(context, 'CIMULATOR_ServiceNote', nameOf(service)))?.get('SecurityDescriptor');
  const Descriptor = kept instanceof CimInstance ? kept : securityDescriptor(SYSTEM.sid, USUAL, 'Win32_');
  return { ReturnValue: ServiceCode.Success, Descriptor };
}

/** What is set is kept and given back; who may do what on the endpoint, its roles say. @throws MethodRefusal InvalidParameter */
export async function setSecurityDescriptor(
  service: StoredInstance,
  { Descriptor }: MethodInput,
  context: MethodContext,
): Promise<MethodOutput> {
  if (!(Descriptor instanceof CimInstance))
    throw new MethodRefusal(ServiceCode.InvalidParameter, 'Descriptor is missing');
  await note(context, 'CIMULATOR_ServiceNote', { SecurityDescriptor: Descriptor }, nameOf(service));
  return { ReturnValue: ServiceCode.Success };
}

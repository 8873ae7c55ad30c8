import type { MethodContext, MethodInput, MethodOutput } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { findNote, note } from '../notes.js';
import { refusal, type StoredInstance } from '../on-instance.js';
import { ServiceCode } from './service-code.js';
import { nameOf } from './service-rows.js';

/** Bits of Win32_SecurityDescriptor.ControlFlags: it says itself where it begins, and has a list of who may do what. */
const SELF_RELATIVE_WITH_DACL = 0x8004;

/** Rights to a service: all of them; to ask, to read and to send it codes. */
const [ALL, READ] = [0xf01ff, 0x2018d];

/** Who may do what with a service of which nobody has said: the system and administrators all, those who are logged on look. */
const USUAL = [
  { Name: 'SYSTEM', Domain: 'NT AUTHORITY', SIDString: 'S-1-5-18', AccessMask: ALL },
  { Name: 'Administrators', Domain: 'BUILTIN', SIDString: 'S-1-5-32-544', AccessMask: ALL },
  { Name: 'INTERACTIVE', Domain: 'NT AUTHORITY', SIDString: 'S-1-5-4', AccessMask: READ },
];

const instance = (className: string, values: ConstructorParameters<typeof CimInstance>[1]) =>
  new CimInstance(className, values);

function usualDescriptor(): CimInstance {
  const aces = USUAL.map(({ AccessMask, ...trustee }) =>
    instance(
      'Win32_ACE',
      Object.entries({
        AccessMask,
        AceFlags: 0,
        AceType: 0,
        Trustee: instance('Win32_Trustee', Object.entries(trustee)),
      }),
    ),
  );
  const { AccessMask: _, ...system } = USUAL[0] as (typeof USUAL)[number];
  const owner = instance('Win32_Trustee', Object.entries(system));
  return instance(
    'Win32_SecurityDescriptor',
    Object.entries({ ControlFlags: SELF_RELATIVE_WITH_DACL, DACL: aces, Group: owner, Owner: owner }),
  );
}

export async function getSecurityDescriptor(service: StoredInstance, context: MethodContext): Promise<MethodOutput> {
  const kept = (await findNote(context, 'CIMULATOR_ServiceNote', nameOf(service)))?.get('SecurityDescriptor');
  return { ReturnValue: ServiceCode.Success, Descriptor: kept instanceof CimInstance ? kept : usualDescriptor() };
}

/** What is set is kept and given back; who may do what on the endpoint, its roles say. */
export async function setSecurityDescriptor(
  service: StoredInstance,
  { Descriptor }: MethodInput,
  context: MethodContext,
): Promise<MethodOutput> {
  if (!(Descriptor instanceof CimInstance))
    return refusal(context, ServiceCode.InvalidParameter, 'Descriptor is missing');
  await note(context, 'CIMULATOR_ServiceNote', { SecurityDescriptor: Descriptor }, nameOf(service));
  return { ReturnValue: ServiceCode.Success };
}

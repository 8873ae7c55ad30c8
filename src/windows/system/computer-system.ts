import type { MethodInput, MethodOutput, Provider } from '../../cim/contracts/provider.js';
import { allOf, type MachineReader, type WorkingContext } from '../machine.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { note } from '../notes.js';
import { onInstance, type StoredInstance } from '../on-instance.js';
import { SystemCode } from './system-code.js';

/** FJoinOptions: a domain and not a workgroup is joined; also when the computer is in one already. */
const [JOIN_DOMAIN, JOIN_IF_JOINED] = [1, 32];

/** A NetBIOS name: no more than 15 of these, and not digits alone (RFC 1123 has no names that look like numbers). */
const COMPUTER_NAME = /^(?!\d+$)[A-Za-z\d-]{1,15}$/;
const GROUP_NAME = /^[A-Za-z\d][A-Za-z\d.-]{0,254}$/;

/** Takes effect at the next start. */
async function rename(
  _computer: StoredInstance,
  { Name }: MethodInput,
  context: WorkingContext,
): Promise<MethodOutput> {
  if (typeof Name !== 'string' || !COMPUTER_NAME.test(Name))
    throw new MethodRefusal(SystemCode.InvalidParameter, `${String(Name)} is no name of a computer`);
  await note(context, 'CIMULATOR_MachineNote', { PendingName: Name });
  return { ReturnValue: SystemCode.Success };
}

/** Takes effect at the next start. Of domains there are the computer's own and those that the lab lists as Win32_NTDomain. */
async function join(computer: StoredInstance, input: MethodInput, context: WorkingContext): Promise<MethodOutput> {
  const { Name, UserName, Password } = input;
  const options = Number(input.FJoinOptions ?? 0);
  if (typeof Name !== 'string' || !GROUP_NAME.test(Name))
    throw new MethodRefusal(SystemCode.InvalidParameter, `${String(Name)} is no name of a domain or workgroup`);
  if ((options & JOIN_DOMAIN) === 0) {
    await note(context, 'CIMULATOR_MachineNote', { PendingWorkgroup: Name, PendingDomain: null });
    return { ReturnValue: SystemCode.Success };
  }
  if (computer.get('PartOfDomain') === true && (options & JOIN_IF_JOINED) === 0)
    throw new MethodRefusal(SystemCode.AlreadyJoined, `the computer is in ${computer.getString('Domain')} already`);
  if (!(await knownDomains(computer, context)).includes(Name.toLowerCase()))
    throw new MethodRefusal(SystemCode.NoSuchDomain, `the lab has no domain ${Name}`);
  if (typeof UserName === 'string' && (typeof Password !== 'string' || Password === ''))
    throw new MethodRefusal(SystemCode.LogonFailure, `${UserName} has a password, and none was given`);
  await note(context, 'CIMULATOR_MachineNote', { PendingDomain: Name, PendingWorkgroup: null });
  return { ReturnValue: SystemCode.Success };
}

async function knownDomains(computer: StoredInstance, context: MachineReader): Promise<string[]> {
  const listed = await allOf(context, 'Win32_NTDomain');
  const names = listed.flatMap((one) => [
    one.getString('DomainName'),
    one.getString('DnsForestName'),
    one.getString('Name'),
  ]);
  const own = computer.getString('Domain');
  return [...names, own].flatMap((name) => (name === undefined ? [] : [name.toLowerCase()]));
}

/** Takes effect at the next start. */
async function unjoin(computer: StoredInstance, _input: MethodInput, context: WorkingContext): Promise<MethodOutput> {
  if (computer.get('PartOfDomain') !== true)
    throw new MethodRefusal(SystemCode.NotJoined, 'the computer is in no domain');
  await note(context, 'CIMULATOR_MachineNote', { PendingWorkgroup: 'WORKGROUP', PendingDomain: null });
  return { ReturnValue: SystemCode.Success };
}

/** Win32_ComputerSystem. SetPowerState is not there, as it is not on Windows. */
export const computerSystem: Provider = {
  className: 'Win32_ComputerSystem',
  methods: {
    Rename: refusing(onInstance(rename)),
    JoinDomainOrWorkgroup: refusing(onInstance(join)),
    UnjoinDomainOrWorkgroup: refusing(onInstance(unjoin)),
  },
  instances: { modify: true },
};

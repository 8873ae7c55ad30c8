import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { onlyOne, pathIn, putNew, tie } from '../machine.js';
import { ServiceRefusal } from './service-code.js';
import { setDependencies } from './service-dependencies.js';
import { allServices, isMarkedForDeletion, isSame, nameOf, SERVICE_CLASS } from './service-rows.js';
import { checkName, readSettings } from './service-settings.js';
import { ExitCode, shownIn } from './service-state.js';

/** What a service is where Create is not told otherwise. */
const USUAL = {
  ServiceType: 16,
  ErrorControl: 1,
  StartMode: 'Automatic',
  DesktopInteract: false,
  StartName: 'LocalSystem',
};

/**
 * Adds a service or a driver, stopped. Its program need not be there until it is started.
 *
 * @param className the class that the method is called on
 * @throws ServiceRefusal
 */
export async function createService(className: string, input: MethodInput, context: MethodContext): Promise<void> {
  const { Name, DisplayName, PathName } = input;
  if (typeof Name !== 'string' || typeof PathName !== 'string')
    throw new ServiceRefusal('InvalidParameter', 'Name and PathName are needed');
  checkName(Name);
  const isDriver = !isSame(className, SERVICE_CLASS);
  const existing = (await allServices(context)).find((one) => isSame(nameOf(one), Name));
  if (existing) {
    const isGoing = await isMarkedForDeletion(context, existing);
    throw new ServiceRefusal(isGoing ? 'ServiceMarkedForDeletion' : 'ServiceExists', `there is a service ${Name}`);
  }
  const usual = isDriver ? { ...USUAL, ServiceType: 1, StartMode: 'Manual', StartName: null } : USUAL;
  const settings = await readSettings(
    { ...usual, ...given(input), DisplayName: DisplayName ?? Name },
    Name,
    isDriver,
    context,
  );
  const computer = await onlyOne(context, 'Win32_ComputerSystem');
  const path = pathIn(context, className, { Name });
  await setDependencies(context, path, input.ServiceDependencies);
  await putNew(context, className, {
    ...{ Name, Description: null, CreationClassName: className, SystemCreationClassName: 'Win32_ComputerSystem' },
    ...{
      SystemName: computer?.get('Name') ?? null,
      TagId: 0,
      WaitHint: 0,
      DelayedAutoStart: false,
      ServiceSpecificExitCode: 0,
    },
    ...shownIn('Stopped'),
    ...settings,
    ExitCode: ExitCode.NeverStarted,
  });
  await tie(context, isDriver ? 'Win32_SystemSystemDriver' : 'Win32_SystemServices', {
    GroupComponent: computer?.path,
    PartComponent: path,
  });
}

function given(input: MethodInput): Readonly<Record<string, CimValue>> {
  return Object.fromEntries(
    Object.entries(input).filter((one): one is [string, CimValue] => one[1] !== undefined && one[1] !== null),
  );
}

import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { accountState } from './service-account.js';
import { ServiceRefusal } from './service-code.js';
import { allServices, isSame, nameOf } from './service-rows.js';
import { startModeOf } from './service-state.js';

/** Kinds of services and ways to take their failure, as methods number them and properties show them. */
const SERVICE_TYPES: Readonly<Record<number, string>> = {
  1: 'Kernel Driver',
  2: 'File System Driver',
  4: 'Adapter',
  8: 'Recognizer Driver',
  16: 'Own Process',
  32: 'Share Process',
};
/** A service that may show itself to who is logged on says so beside its type. */
const INTERACTIVE = 256;
const ERROR_CONTROLS = ['Ignore', 'Normal', 'Severe', 'Critical'];

/** Drivers alone are started by the loader, or with the kernel. */
const DRIVER_MODES = ['Boot', 'System'];
const DRIVER_TYPES = [1, 2, 4, 8];

const LONGEST_NAME = 256;

type Values = Readonly<Record<string, CimValue>>;

/**
 * What Change and Create are given, checked, as properties show it. What is left out or NULL is not among it.
 *
 * @param own the name of the service; its display name may stay
 * @throws ServiceRefusal InvalidParameter, InvalidName, DuplicateName, InvalidServiceAccount
 */
export async function readSettings(
  input: MethodInput,
  own: string,
  isDriver: boolean,
  context: MethodContext,
): Promise<Values> {
  const { DisplayName, PathName, StartName, DesktopInteract } = input;
  const given: Record<string, CimValue> = {};
  if (typeof DisplayName === 'string') {
    await checkDisplayName(DisplayName, own, context);
    Object.assign(given, { DisplayName, Caption: DisplayName });
  }
  if (typeof PathName === 'string') {
    if (PathName.trim() === '') throw new ServiceRefusal('InvalidParameter', 'PathName is empty');
    given.PathName = PathName;
  }
  if (typeof input.StartMode === 'string') given.StartMode = readStartMode(input.StartMode, isDriver);
  if (typeof input.ServiceType === 'number') given.ServiceType = readType(input.ServiceType, isDriver);
  if (typeof input.ErrorControl === 'number') given.ErrorControl = readErrorControl(input.ErrorControl);
  if (typeof DesktopInteract === 'boolean') given.DesktopInteract = DesktopInteract;
  if (typeof StartName === 'string') {
    if ((await accountState(context, StartName)) === 'unknown')
      throw new ServiceRefusal('InvalidServiceAccount', `there is no account ${StartName}`);
    given.StartName = StartName === '' ? 'LocalSystem' : StartName;
  }
  return given;
}

/** @throws ServiceRefusal InvalidParameter for a mode that there is not, or that is a driver's */
export function readStartMode(given: string, isDriver: boolean): string {
  const mode = startModeOf(given);
  if (mode !== undefined && (isDriver || !DRIVER_MODES.includes(mode))) return mode;
  throw new ServiceRefusal(
    'InvalidParameter',
    `StartMode ${given} is none that a ${isDriver ? 'driver' : 'service'} has`,
  );
}

function readType(given: number, isDriver: boolean): string {
  const type = given === INTERACTIVE ? 16 : given;
  const name = SERVICE_TYPES[type];
  if (name !== undefined && DRIVER_TYPES.includes(type) === isDriver) return name;
  throw new ServiceRefusal(
    'InvalidParameter',
    `ServiceType ${given} is none that a ${isDriver ? 'driver' : 'service'} has`,
  );
}

function readErrorControl(given: number): string {
  const name = ERROR_CONTROLS[given];
  if (name !== undefined) return name;
  throw new ServiceRefusal('InvalidParameter', `ErrorControl ${given} is not among 0 to ${ERROR_CONTROLS.length - 1}`);
}

async function checkDisplayName(given: string, own: string, context: MethodContext): Promise<void> {
  if (given === '' || given.length > LONGEST_NAME)
    throw new ServiceRefusal('InvalidName', `a display name has 1 to ${LONGEST_NAME} characters`);
  for (const other of await allServices(context)) {
    if (isSame(nameOf(other), own)) continue;
    if (isSame(other.getString('DisplayName'), given) || isSame(nameOf(other), given))
      throw new ServiceRefusal('DuplicateName', `${nameOf(other)} is called ${given} already`);
  }
}

/** @throws ServiceRefusal InvalidName */
export function checkName(name: string): void {
  if (/^[^/\\]+$/.test(name) && name.length <= LONGEST_NAME) return;
  throw new ServiceRefusal('InvalidName', `a service's name has 1 to ${LONGEST_NAME} characters, and no slashes`);
}

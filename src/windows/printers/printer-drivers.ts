import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { InstanceContext, MethodContext } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { findFile } from '../files/file-rows.js';
import { allOf, type MachineReader, putNew } from '../machine.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { checkMayManage, DONE, PrintCode } from './printer-code.js';
import { allPrinters, DRIVER_CLASS } from './printer-rows.js';

/** The environment that a computer of a lab has. */
const ENVIRONMENT = 'Windows x64';
const [OLDEST, NEWEST] = [3, 4];
/** MAX_PATH. */
const LONGEST_NAME = 260;

/** The installed driver of a name, as printers call it: the name of its instance says the version and the environment as well. */
export async function findDriver(name: string, context: MachineReader): Promise<CimInstance | undefined> {
  return (await allOf(context, DRIVER_CLASS)).find((one) => sameName(modelOf(one), name));
}

/** `Microsoft Print To PDF` of `Microsoft Print To PDF,4,Windows x64`. */
export function modelOf(driver: CimInstance): string {
  return (driver.getString('Name') ?? '').replace(/,\d+,[^,]*$/, '');
}

/** Drivers of printers: installed by a call, and deleted while no printer has them. */
export const printerDrivers = defineProvider(DRIVER_CLASS, {
  methods: {
    AddPrinterDriver: refusing(async ({ DriverInfo }, context) => {
      await checkMayManage(context);
      await addDriver(DriverInfo, context);
      return DONE;
    }),
  },
  instances: {
    delete: async (driver, context: InstanceContext) => {
      const users = (await allPrinters(context)).filter((one) =>
        sameName(one.getString('DriverName') ?? '', modelOf(driver)),
      );
      if (users.length > 0) throw new CimError('Failed', `The driver is that of ${users[0]?.getString('DeviceID')}.`);
    },
  },
});

function isDriverName(name: string): boolean {
  return name !== '' && name.length <= LONGEST_NAME && !/[,\p{Cc}]/u.test(name);
}

/** @throws MethodRefusal */
async function addDriver(given: unknown, context: MethodContext): Promise<void> {
  if (!(given instanceof CimInstance)) throw new MethodRefusal(PrintCode.invalidParameter, 'DriverInfo is missing');
  const name = given.getString('Name') ?? '';
  const version = Number(given.get('Version') ?? OLDEST);
  const platform = given.getString('SupportedPlatform') ?? ENVIRONMENT;
  if (!isDriverName(name) || version < OLDEST || version > NEWEST || platform !== ENVIRONMENT)
    throw new MethodRefusal(PrintCode.invalidParameter, `Name, Version or SupportedPlatform are none of a driver here`);
  const inf = given.getString('InfName');
  const source = given.getString('DriverPath');
  const isInstalled = (await findDriver(name, context)) !== undefined;
  if (!isInstalled && inf === undefined && source === undefined)
    throw new MethodRefusal(PrintCode.unknownDriver, `nobody brings a driver '${shorten(name, 200)}' along`);
  for (const path of [inf, source])
    if (path !== undefined && /^[a-z]:/i.test(path) && !(await findFile(context, path.toLowerCase())))
      throw new MethodRefusal(PrintCode.invalidParameter, `there is no file ${shorten(path, 300)}`);
  if (isInstalled) return;
  const Name = `${name},${version},${ENVIRONMENT}`;
  await putNew(context, DRIVER_CLASS, {
    ...Object.fromEntries(given.properties),
    ...{ Name, Caption: null, CreationClassName: DRIVER_CLASS, Version: version, SupportedPlatform: ENVIRONMENT },
    ...{ SystemCreationClassName: 'Win32_ComputerSystem', Started: true, StartMode: null, Status: 'OK' },
  });
}

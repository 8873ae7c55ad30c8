import type { InstanceContext } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { onlyOne, putNew } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { CIMV2 } from '../namespaces.js';
import { isAddress } from '../network/ip-address.js';
import type { LabComputer, LabNetwork } from '../reachability/lab-network.js';
import { addressesOf, isNamed } from '../reachability/network-addresses.js';
import { PingCode, reach } from '../reachability/reach.js';
import { describePrinter } from './create-printer.js';
import { PrintCode } from './printer-code.js';
import { findDriver, modelOf } from './printer-drivers.js';
import { allPrinters, DRIVER_CLASS, findPrinter, nameOf, runningSpooler } from './printer-rows.js';

/** What the drivers of a computer of a lab run on. */
const ENVIRONMENT = 'Windows x64';

/**
 * Connects to a printer that another computer of the lab shares: `\\\\srv02\\Office`, by the name of its share or its own. One that is connected
 * already stays as it is.
 *
 * @throws MethodRefusal
 */
export async function connectPrinter(
  given: CimValue | undefined,
  network: LabNetwork | undefined,
  context: InstanceContext,
): Promise<void> {
  const [, server, name] = /^\\\\([^\\]+)\\([^\\]+)$/.exec(typeof given === 'string' ? given : '') ?? [];
  const refuse = () => new MethodRefusal(PrintCode.invalidName, `there is no printer ${shorten(String(given), 200)}`);
  if (server === undefined || name === undefined) throw refuse();
  if ((await reach(server, context.store, network)).code !== PingCode.success) throw refuse();
  const computer = await findComputer(server, network);
  if (!computer || !(await runningSpooler(computer))) throw refuse();
  const shared = (await allPrinters(computer)).find(
    (one) =>
      one.get('Shared') === true && (sameName(one.getString('ShareName') ?? '', name) || sameName(nameOf(one), name)),
  );
  if (!shared) throw refuse();
  const driver = await usableDriver(computer, shared);
  const called = `\\\\${server}\\${nameOf(shared)}`;
  if (await findPrinter(context, called)) return;
  const values = {
    ...Object.fromEntries(shared.properties),
    ...{ Network: true, Shared: false, Default: false, ServerName: `\\\\${server}`, Status: null },
    JobCountSinceLastReset: 0,
  };
  const described = new CimInstance(shared.className, Object.entries(values));
  // Windows fetches the driver from the computer that has the printer.
  if (!(await findDriver(modelOf(driver), context))) await installDriver(driver, context);
  await context.store.put(await describePrinter(called, described, context));
}

async function findComputer(server: string, network: LabNetwork | undefined): Promise<LabComputer | undefined> {
  for (const one of network?.computers() ?? [])
    if (one.isCalled(server) || (await isNamed(one.store, server)) || (await hasAddress(one, server))) return one;
  return undefined;
}

async function hasAddress({ store }: LabComputer, server: string): Promise<boolean> {
  return isAddress(server) && (await addressesOf(store)).some(({ address }) => sameName(address, server));
}

async function installDriver(driver: CimInstance, context: InstanceContext): Promise<void> {
  const computer = await onlyOne(context, 'Win32_ComputerSystem');
  const SystemName = driver.get('SystemName') === null ? null : (computer?.get('Name') ?? null);
  await putNew(context, DRIVER_CLASS, { ...Object.fromEntries(driver.properties), SystemName });
}

/** The driver of a printer of another computer. @throws MethodRefusal incompatibleDriver */
async function usableDriver({ store }: LabComputer, printer: CimInstance): Promise<CimInstance> {
  const name = printer.getString('DriverName') ?? '';
  for await (const driver of store.scan(CIMV2, DRIVER_CLASS))
    if (sameName(modelOf(driver), name) && driver.getString('SupportedPlatform') === ENVIRONMENT) return driver;
  throw new MethodRefusal(PrintCode.incompatibleDriver, `its driver '${name}' is for another system`);
}

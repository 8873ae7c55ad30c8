import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { createMemoryStore } from '../../src/store/memory/memory-store.js';
import { CIMV2 } from '../../src/windows/namespaces.js';
import type { LabComputer } from '../../src/windows/reachability/lab-network.js';

type Values = Readonly<Record<string, CimValue>>;

function instance(className: string, key: Readonly<Record<string, string | number>>, values: Values = {}) {
  const path = new InstancePath({ namespace: CIMV2, className, keys: key });
  return new CimInstance(className, Object.entries({ ...key, ...values }), path);
}

const printer = (name: string, values: Values) =>
  instance('Win32_Printer', { DeviceID: name }, { Name: name, Shared: true, ShareName: name, ...values });

/** What there is of srv02 that others can see: its name and address, and printers that it shares. */
const INSTANCES = [
  instance(
    'Win32_ComputerSystem',
    { Name: 'SRV02' },
    { DNSHostName: 'srv02', Domain: 'lab.example', PartOfDomain: true },
  ),
  instance('Win32_NetworkAdapter', { DeviceID: '1' }, { NetConnectionStatus: 2 }),
  instance(
    'Win32_NetworkAdapterConfiguration',
    { Index: 1 },
    { IPAddress: ['2001:db8::12', '192.0.2.12'], IPSubnet: ['64', '255.255.255.0'] },
  ),
  instance('Win32_Service', { Name: 'Spooler' }, { State: 'Running', ProcessId: 1480 }),
  instance(
    'Win32_PrinterDriver',
    { Name: 'Contoso Universal Printing PCL 6,3,Windows x64' },
    { SupportedPlatform: 'Windows x64' },
  ),
  instance('Win32_PrinterDriver', { Name: 'Contoso Matrix,3,Windows NT x86' }, { SupportedPlatform: 'Windows NT x86' }),
  printer('Copier', { ShareName: 'Copies', DriverName: 'Contoso Universal Printing PCL 6', PortName: 'LPT1:' }),
  printer('Matrix', { DriverName: 'Contoso Matrix', PortName: 'LPT1:' }),
  printer('Private', { Shared: false, DriverName: 'Contoso Universal Printing PCL 6', PortName: 'LPT1:' }),
];

/** Another computer of the lab, as the network has it. */
export interface Neighbour extends LabComputer {
  /** From now on it runs, or does not. */
  turn(isUp: boolean): void;
}

/** srv02 beside a machine of a test, without an endpoint around it. */
export async function createNeighbour(): Promise<Neighbour> {
  const store = createMemoryStore();
  await store.transaction((transaction) => transaction.putMany(INSTANCES));
  let isUp = true;
  return {
    store,
    isCalled: (name) => ['srv02', 'srv02.lab.example', 'iscsi-b'].includes(name.toLowerCase()),
    isUp: () => isUp,
    turn(on) {
      isUp = on;
    },
  };
}

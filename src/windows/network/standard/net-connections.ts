import { defineProvider } from '../../../cim/contracts/define-provider.js';
import type { DerivationContext } from '../../../cim/contracts/provider.js';
import type { CimInstance } from '../../../cim/model/cim-instance.js';
import { InstancePath } from '../../../cim/model/instance-path.js';
import { instancesIn } from '../../derived-rows.js';
import { CIMULATOR, CIMV2 } from '../../namespaces.js';

/** State. */
const CLOSED = 1;
const LISTEN = 2;
/** The process of the kernel, in which the drivers of HTTP and of shares listen. */
const KERNEL = 4;

/** The service that listens at a port, by the lab. */
async function serviceAt(row: CimInstance, { store }: DerivationContext) {
  const keys = { LocalPort: Number(row.get('LocalPort')) };
  const listener = await store.get(new InstancePath({ namespace: CIMULATOR, className: 'CIMULATOR_Listener', keys }));
  const name = listener?.getString('Service');
  if (!listener || name === undefined) return undefined;
  const path = new InstancePath({ namespace: CIMV2, className: 'Win32_Service', keys: { Name: name } });
  const service = await store.get(path);
  const isRunning = service?.get('State') === 'Running';
  const own = listener.get('ByKernel') === true ? KERNEL : Number(service?.get('ProcessId') ?? 0);
  return { isRunning, processId: isRunning ? own : 0 };
}

/** MSFT_NetTCPConnection: where services listen while they run, and which processes hold that. */
export const netConnections = defineProvider('MSFT_NetTCPConnection', {
  methods: {},
  otherMethods: 'not-supported',
  instances: {},
  derived: {
    State: async (row, context) => {
      if (row.get('State') !== LISTEN) return row.get('State');
      return (await serviceAt(row, context))?.isRunning === false ? CLOSED : LISTEN;
    },
    OwningProcess: async (row, context) => (await serviceAt(row, context))?.processId ?? row.get('OwningProcess'),
    CreationTime: async (row, context) => {
      const id = (await serviceAt(row, context))?.processId;
      const path = new InstancePath({ namespace: CIMV2, className: 'Win32_Process', keys: { Handle: String(id) } });
      const process = id === undefined || id === KERNEL ? undefined : await context.store.get(path);
      const [system] = await instancesIn(context.store, { namespace: CIMV2, className: 'Win32_OperatingSystem' });
      return process?.get('CreationDate') ?? row.get('CreationTime') ?? system?.get('LastBootUpTime') ?? null;
    },
  },
});

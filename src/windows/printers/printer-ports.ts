import { defineProvider } from '../../cim/contracts/define-provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { onlyOne } from '../machine.js';
import { continuePrinting } from './print-queue.js';
import { allPrinters, nameOf, PORT_CLASS } from './printer-rows.js';

/** `Protocol`, and the number that each goes to. */
const PROTOCOLS: Readonly<Record<number, number>> = { 1: 9100, 2: 515 };
const RAW = 1;
const LPR = 2;

/** @throws CimError InvalidParameter */
function checked(port: CimInstance) {
  const HostAddress = port.getString('HostAddress') ?? '';
  if (!/^[\w.:-]+$/.test(HostAddress))
    throw new CimError('InvalidParameter', `HostAddress '${shorten(HostAddress, 100)}' is no address and no name.`);
  const Protocol = Number(port.get('Protocol') ?? RAW);
  const usual = PROTOCOLS[Protocol];
  if (usual === undefined)
    throw new CimError('InvalidParameter', `Protocol ${Protocol} is neither 1, RAW, nor 2, LPR.`);
  const Queue = port.getString('Queue');
  if (Protocol === LPR && !Queue) throw new CimError('InvalidParameter', 'Queue is missing, which LPR asks for.');
  const SNMPEnabled = port.get('SNMPEnabled') === true;
  return {
    ...{
      HostAddress,
      Protocol,
      Queue: Queue ?? null,
      SNMPEnabled,
      PortNumber: Number(port.get('PortNumber') || usual),
    },
    ...{ SNMPCommunity: port.getString('SNMPCommunity') ?? (SNMPEnabled ? 'public' : null) },
    ...{ SNMPDevIndex: port.get('SNMPDevIndex') ?? 1, ByteCount: port.get('ByteCount') === true },
  };
}

/** Ports to printers on the network: made and changed by clients, and deleted while no printer has them. */
export const printerPorts = defineProvider(PORT_CLASS, {
  methods: {},
  instances: {
    create: async (port, context) => {
      const name = port.getString('Name') ?? '';
      if (!/^[^,\p{Cc}]+$/u.test(name)) throw new CimError('InvalidParameter', 'Name is none of a port.');
      const computer = await onlyOne(context, 'Win32_ComputerSystem');
      return port.with({
        ...checked(port),
        ...{ CreationClassName: PORT_CLASS, SystemCreationClassName: 'Win32_ComputerSystem' },
        ...{ SystemName: computer?.get('Name') ?? null, Status: null, Type: null },
      });
    },
    modify: async (port, before, context) => {
      const changed = before.with(checked(port));
      await context.store.put(changed);
      for (const printer of await allPrinters(context))
        if (sameName(printer.getString('PortName') ?? '', port.getString('Name') ?? ''))
          await continuePrinting(context, nameOf(printer));
      return changed;
    },
    delete: async (port, context) => {
      const name = port.getString('Name') ?? '';
      const user = (await allPrinters(context)).find((one) => sameName(one.getString('PortName') ?? '', name));
      if (user) throw new CimError('Failed', `The port is that of ${nameOf(user)}.`);
    },
  },
});

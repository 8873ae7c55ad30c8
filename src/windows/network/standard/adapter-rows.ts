import type { CimInstance } from '../../../cim/model/cim-instance.js';
import type { Row } from '../../derived-rows.js';
import { DISABLED } from '../adapter-state.js';
import { ConnectionStatus } from '../connection.js';
import { luidIndexOf } from './interfaces.js';

/** NDIS's media: Ethernet, over whatever carries it. */
const ETHERNET = { InterfaceType: 6, NdisMedium: 0, NdisPhysicalMedium: 14 };
const MTU = 1500;
const FULL_DUPLEX = 2;

/** EnabledState, InterfaceOperationalStatus, MediaConnectState. */
const UP = { EnabledState: 2, InterfaceOperationalStatus: 1, MediaConnectState: 1 };
const UNPLUGGED = { EnabledState: 5, InterfaceOperationalStatus: 2, MediaConnectState: 2 };
const OFF = { EnabledState: 3, InterfaceOperationalStatus: 6, MediaConnectState: 0 };

/** MSFT_NetAdapter, as Win32_NetworkAdapter says it. @param system how the computer is called in full */
export function adapterRow(adapter: CimInstance, system: string): Row {
  const guid = adapter.getString('GUID') ?? `{${adapter.getString('DeviceID')}}`;
  const index = Number(adapter.get('InterfaceIndex') ?? adapter.get('Index') ?? 0);
  const isDisabled = adapter.get('ConfigManagerErrorCode') === DISABLED;
  const isUp = adapter.get('NetConnectionStatus') === ConnectionStatus.connected;
  const speed = isUp ? adapter.get('Speed') : 0n;
  const address = (adapter.getString('MACAddress') ?? '').replaceAll(':', '');
  const about = adapter.getString('Description') ?? '';
  return {
    keys: {
      CreationClassName: 'MSFT_NetAdapter',
      DeviceID: guid,
      SystemCreationClassName: 'CIM_NetworkPort',
      SystemName: system,
    },
    values: {
      ...(isDisabled ? OFF : isUp ? UP : UNPLUGGED),
      ...ETHERNET,
      InstanceID: guid,
      Name: adapter.get('NetConnectionID'),
      ...{
        InterfaceDescription: about,
        DriverDescription: about,
        InterfaceGuid: guid,
        DeviceName: `\\Device\\${guid}`,
      },
      ...{ InterfaceIndex: index, InterfaceName: `ethernet_${luidIndexOf(index)}`, NetLuidIndex: luidIndexOf(index) },
      NetLuid: (6n << 48n) | (BigInt(luidIndexOf(index)) << 24n),
      ...{ PermanentAddress: address, NetworkAddresses: [address], PnPDeviceID: adapter.get('PNPDeviceID') },
      ...{ Speed: speed, TransmitLinkSpeed: speed, ReceiveLinkSpeed: speed },
      ...{ MtuSize: MTU, ActiveMaximumTransmissionUnit: BigInt(MTU), FullDuplex: true, MediaDuplexState: FULL_DUPLEX },
      ...{ State: isDisabled ? 3 : 2, InterfaceAdminStatus: isDisabled ? 2 : 1 },
      ...{ ConnectorPresent: true, HardwareInterface: true, Virtual: false, Hidden: false, NotUserRemovable: false },
      ...{ EndPointInterface: false, IMFilter: false, WdmInterface: false, iSCSIInterface: false },
      ...{ DeviceWakeUpEnable: false, PromiscuousMode: false, PortNumber: 0 },
      OperationalStatusDownMediaDisconnected: !(isUp || isDisabled),
      OperationalStatusDownDefaultPortNotAuthenticated: false,
      ...{ OperationalStatusDownInterfacePaused: false, OperationalStatusDownLowPowerState: false },
      ...{ ConfigManagerErrorCode: adapter.get('ConfigManagerErrorCode'), ConfigManagerUserConfig: false },
      DriverProvider: adapter.get('Manufacturer'),
    },
    initial: { AdminLocked: false, EnabledDefault: 2, RequestedState: 12, TransitioningToState: 12 },
  };
}

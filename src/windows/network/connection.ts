import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { CIMV2 } from '../namespaces.js';

export const ADAPTER_CLASS = 'Win32_NetworkAdapter';
export const CONFIGURATION_CLASS = 'Win32_NetworkAdapterConfiguration';

/** NetConnectionStatus. */
export const ConnectionStatus = { disconnected: 0, connected: 2, mediaDisconnected: 7 } as const;

type Reader = { readonly store: Pick<InstanceReader, 'get'> };

/** The adapter that a configuration is of: it has the configuration's index as its DeviceID. */
export function adapterOf(configuration: CimInstance, { store }: Reader): Promise<CimInstance | undefined> {
  const keys = { DeviceID: String(configuration.get('Index')) };
  return store.get(new InstancePath({ namespace: CIMV2, className: ADAPTER_CLASS, keys }));
}

/** The configuration of an adapter. */
export function configurationOf(adapter: CimInstance, { store }: Reader): Promise<CimInstance | undefined> {
  const keys = { Index: Number(adapter.get('DeviceID')) };
  return store.get(new InstancePath({ namespace: CIMV2, className: CONFIGURATION_CLASS, keys }));
}

/** Whether IP runs on an adapter: it does while the adapter is connected. Without an adapter it is as the configuration says. */
export async function isIpEnabled(configuration: CimInstance, reader: Reader): Promise<boolean> {
  const status = (await adapterOf(configuration, reader))?.get('NetConnectionStatus');
  return status === undefined || status === null
    ? configuration.get('IPEnabled') === true
    : status === ConnectionStatus.connected;
}

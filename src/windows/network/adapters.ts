import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext } from '../../cim/contracts/provider.js';
import { checkAdministrator, refusing } from '../method-refusal.js';
import { dropNote, findNote, note } from '../notes.js';
import { onInstance, type StoredInstance } from '../on-instance.js';
import { ADAPTER_CLASS, ConnectionStatus } from './connection.js';

const DONE = { ReturnValue: 0 };
/** WBEM_E_ACCESS_DENIED: the pages of the methods name success alone, and refer to WMI's constants. */
const ACCESS_DENIED = 0x80041003;

/** ConfigManagerErrorCode of a device that works, and of one that somebody disabled. */
const WORKING = 0;
export const DISABLED = 22;

/** Cuts an adapter off, whatever it is plugged into. */
export async function disableAdapter(adapter: StoredInstance, context: MethodContext): Promise<void> {
  if (adapter.get('ConfigManagerErrorCode') === DISABLED) return;
  const StatusWhenEnabled = Number(adapter.get('NetConnectionStatus') ?? ConnectionStatus.connected);
  await note(context, 'CIMULATOR_AdapterNote', { StatusWhenEnabled }, nameOf(adapter));
  const values = { ConfigManagerErrorCode: DISABLED, NetConnectionStatus: ConnectionStatus.disconnected };
  await context.store.put(adapter.with({ ...values, NetEnabled: false, Availability: 8 }));
}

/** And puts it back to how it was. */
export async function enableAdapter(adapter: StoredInstance, context: MethodContext): Promise<void> {
  if (adapter.get('ConfigManagerErrorCode') !== DISABLED) return;
  const noted = await findNote(context, 'CIMULATOR_AdapterNote', nameOf(adapter));
  const NetConnectionStatus = Number(noted?.get('StatusWhenEnabled') ?? ConnectionStatus.connected);
  await dropNote(context, 'CIMULATOR_AdapterNote', nameOf(adapter));
  const NetEnabled = NetConnectionStatus === ConnectionStatus.connected;
  await context.store.put(
    adapter.with({ ConfigManagerErrorCode: WORKING, NetConnectionStatus, NetEnabled, Availability: 3 }),
  );
}

function nameOf(adapter: StoredInstance): string {
  return adapter.getString('DeviceID') ?? '';
}

function acting(act: (adapter: StoredInstance, context: MethodContext) => Promise<void>) {
  return refusing(
    onInstance(async (adapter, _input, context) => {
      await checkAdministrator(context, ACCESS_DENIED);
      await act(adapter, context);
      return DONE;
    }),
  );
}

/** Win32_NetworkAdapter. Reset and SetPowerState are not available: their pages say that Windows does not implement them. */
export const adapters = defineProvider(ADAPTER_CLASS, {
  methods: { Enable: acting(enableAdapter), Disable: acting(disableAdapter) },
});

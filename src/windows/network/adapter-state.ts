import type { InstanceContext } from '../../cim/contracts/provider.js';
import { dropNote, findNote, note } from '../notes.js';
import type { StoredInstance } from '../on-instance.js';
import { ConnectionStatus } from './connection.js';

/** ConfigManagerErrorCode of a device that works, and of one that somebody disabled. */
const WORKING = 0;
export const DISABLED = 22;
/** Availability: running, off line. */
const RUNNING = 3;
const OFF_LINE = 8;

type Context = Pick<InstanceContext, 'namespace' | 'schema' | 'store' | 'now'>;

/** Cuts an adapter off, whatever it is plugged into. */
export async function disableAdapter(adapter: StoredInstance, context: Context): Promise<void> {
  if (adapter.get('ConfigManagerErrorCode') === DISABLED) return;
  const StatusWhenEnabled = Number(adapter.get('NetConnectionStatus') ?? ConnectionStatus.connected);
  await note(context, 'CIMULATOR_AdapterNote', { StatusWhenEnabled }, nameOf(adapter));
  const values = { ConfigManagerErrorCode: DISABLED, NetConnectionStatus: ConnectionStatus.disconnected };
  await context.store.put(adapter.with({ ...values, NetEnabled: false, Availability: OFF_LINE }));
}

/** And puts it back to how it was. */
export async function enableAdapter(adapter: StoredInstance, context: Context): Promise<void> {
  if (adapter.get('ConfigManagerErrorCode') !== DISABLED) return;
  const noted = await findNote(context, 'CIMULATOR_AdapterNote', nameOf(adapter));
  const NetConnectionStatus = Number(noted?.get('StatusWhenEnabled') ?? ConnectionStatus.connected);
  await dropNote(context, 'CIMULATOR_AdapterNote', nameOf(adapter));
  const NetEnabled = NetConnectionStatus === ConnectionStatus.connected;
  const values = { ConfigManagerErrorCode: WORKING, NetConnectionStatus, NetEnabled };
  await context.store.put(adapter.with({ ...values, Availability: NetEnabled ? RUNNING : OFF_LINE }));
}

function nameOf(adapter: StoredInstance): string {
  return adapter.getString('DeviceID') ?? '';
}

import { defineProvider } from '../../../cim/contracts/define-provider.js';
import type { InstanceContext, MethodContext, MethodInput } from '../../../cim/contracts/provider.js';
import type { CimInstance } from '../../../cim/model/cim-instance.js';
import { sameName } from '../../../cim/model/name-map.js';
import { shorten } from '../../../cim/model/shorten.js';
import { forAdministrators } from '../../for-administrators.js';
import { machineTimestamp } from '../../machine-time.js';
import { MethodRefusal } from '../../method-refusal.js';
import { type StoredInstance, stored } from '../../on-instance.js';
import { disableAdapter, enableAdapter } from '../adapter-state.js';
import { allAdapters } from './interfaces.js';
import { NetError } from './net-error.js';
import { NET_ADAPTER, showNetwork } from './show-network.js';

/** The adapter that an instance shows. @throws MethodRefusal 1168 */
async function adapterOfRow(row: CimInstance, context: Pick<InstanceContext, 'store'>): Promise<StoredInstance> {
  const index = row.get('InterfaceIndex');
  const found = (await allAdapters(context)).find((one) => (one.get('InterfaceIndex') ?? one.get('Index')) === index);
  if (found?.path) return stored(found);
  throw new MethodRefusal(NetError.notFound, `there is no adapter with the interface ${String(index)}`);
}

type Act = (adapter: StoredInstance, input: MethodInput, context: MethodContext) => Promise<void>;

/** A method of an adapter, which answers with what it is then. */
function acting(act: Act) {
  return forAdministrators(NetError.accessDenied, async (row, input, context) => {
    if (row.get('AdminLocked') === true)
      throw new MethodRefusal(NetError.accessDenied, 'the adapter is locked (AdminLocked)');
    await act(await adapterOfRow(row, context), input, context);
    await showNetwork(context);
    return { ReturnValue: NetError.none, CmdletOutput: await context.store.get(row.path) };
  });
}

const restart: Act = async (adapter, _input, context) => {
  await disableAdapter(adapter, context);
  const disabled = await context.store.get(adapter.path);
  await enableAdapter(stored(disabled ?? adapter), context);
  const TimeOfLastReset = await machineTimestamp(context, 0);
  const enabled = await context.store.get(adapter.path);
  if (enabled) await context.store.put(enabled.with({ TimeOfLastReset }));
};

const rename: Act = async (adapter, { NewName }, context) => {
  const name = typeof NewName === 'string' ? NewName : '';
  if (name === '' || name.length > 255 || /[\\/:*?"<>|\t]/.test(name))
    throw new MethodRefusal(NetError.invalidParameter, `no connection may be called '${shorten(name, 100)}'`);
  const isTaken = (one: CimInstance) =>
    !(one.path?.equals(adapter.path) ?? false) && sameName(one.getString('NetConnectionID') ?? '', name);
  if ((await allAdapters(context)).some(isTaken))
    throw new MethodRefusal(NetError.exists, `another connection is called ${shorten(name, 100)}`);
  await context.store.put(adapter.with({ NetConnectionID: name }));
};

/** Who may not be touched. */
function locking(isLocked: boolean) {
  return forAdministrators(NetError.accessDenied, async (row, _input, context) => {
    const changed = row.with({ AdminLocked: isLocked });
    await context.store.put(changed);
    return { ReturnValue: NetError.none, CmdletOutput: changed };
  });
}

/** MSFT_NetAdapter: Win32_NetworkAdapter as newer scripts see it. */
export const netAdapters = defineProvider(NET_ADAPTER.className, {
  methods: {
    Enable: acting((adapter, _input, context) => enableAdapter(adapter, context)),
    Disable: acting((adapter, _input, context) => disableAdapter(adapter, context)),
    Restart: acting(restart),
    Rename: acting(rename),
    Lock: locking(true),
    Unlock: locking(false),
  },
  instances: { modify: true },
});

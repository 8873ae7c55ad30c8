import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext } from '../../cim/contracts/provider.js';
import { forAdministrators } from '../for-administrators.js';
import type { StoredInstance } from '../on-instance.js';
import { WmiError } from '../wmi-error.js';
import { disableAdapter, enableAdapter } from './adapter-state.js';
import { ADAPTER_CLASS } from './connection.js';

const DONE = { ReturnValue: 0 };

function acting(act: (adapter: StoredInstance, context: MethodContext) => Promise<void>) {
  return forAdministrators(WmiError.accessDenied, async (adapter, _input, context) => {
    await act(adapter, context);
    return DONE;
  });
}

/**
 * Win32_NetworkAdapter. Codes are WMI's constants, which the pages of the methods refer to. Reset and SetPowerState are not available: its page
 * says that they are not implemented.
 */
export const adapters = defineProvider(ADAPTER_CLASS, {
  methods: { Enable: acting(enableAdapter), Disable: acting(disableAdapter) },
  instances: {
    modify: async (instance, _before, context) => {
      await context.store.put(instance);
      return instance;
    },
  },
});

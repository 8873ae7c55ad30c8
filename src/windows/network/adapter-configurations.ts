import { defineProvider } from '../../cim/contracts/define-provider.js';
import { onInstance, refusal } from '../on-instance.js';

const Code = { success: 0, invalidParameter: 68, ipNotEnabled: 84, dhcpNotEnabled: 100 } as const;

/** `TcpipNetbiosOptions`: what a DHCP server says, on, off. */
const BY_DHCP = 0;
const OPTIONS = [BY_DHCP, 1, 2];

/** Win32_NetworkAdapterConfiguration: of its methods SetTcpipNetbios does its work, the others are not available. */
export const adapterConfigurations = defineProvider('Win32_NetworkAdapterConfiguration', {
  methods: {
    SetTcpipNetbios: onInstance(async (configuration, { TcpipNetbiosOptions: option }, context) => {
      if (typeof option !== 'number' || !OPTIONS.includes(option))
        return refusal(context, Code.invalidParameter, `TcpipNetbiosOptions is none of ${OPTIONS.join(', ')}`);
      if (configuration.get('IPEnabled') !== true)
        return refusal(context, Code.ipNotEnabled, 'IPEnabled of the adapter is false');
      if (option === BY_DHCP && configuration.get('DHCPEnabled') !== true)
        return refusal(context, Code.dhcpNotEnabled, 'no DHCP server can say it: DHCPEnabled of the adapter is false');
      await context.store.put(configuration.with({ TcpipNetbiosOptions: option }));
      return { ReturnValue: Code.success };
    }),
  },
});

import { defineProvider } from 'cimulator';

const DONE = 0;
const INVALID_PARAMETER = 68;
const IP_NOT_ENABLED = 84;
const DHCP_NOT_ENABLED = 100;

/** By DHCP, on, off. */
const NETBIOS_OPTIONS = [0, 1, 2];

function whereEnabled(method) {
  return (input, context) =>
    context.instance.get('IPEnabled') === true ? method(input, context) : { ReturnValue: IP_NOT_ENABLED };
}

async function change({ instance, store }, changes) {
  await store.put(instance.with(changes));
  return { ReturnValue: DONE };
}

const lease = whereEnabled((_input, { instance }) => ({
  ReturnValue: instance.get('DHCPEnabled') === true ? DONE : DHCP_NOT_ENABLED,
}));

/** Win32_NetworkAdapterConfiguration. */
export const networkAdapterConfiguration = defineProvider('Win32_NetworkAdapterConfiguration', {
  methods: {
    SetTcpipNetbios: whereEnabled(({ TcpipNetbiosOptions }, context) => {
      if (!NETBIOS_OPTIONS.includes(TcpipNetbiosOptions)) return { ReturnValue: INVALID_PARAMETER };
      const byDhcp = TcpipNetbiosOptions === 0 && context.instance.get('DHCPEnabled') !== true;
      return byDhcp ? { ReturnValue: DHCP_NOT_ENABLED } : change(context, { TcpipNetbiosOptions });
    }),
    EnableDHCP: whereEnabled((_input, context) => change(context, { DHCPEnabled: true })),
    EnableStatic: whereEnabled(({ IPAddress, SubnetMask }, context) =>
      IPAddress?.length > 0 && IPAddress.length === SubnetMask?.length
        ? change(context, { DHCPEnabled: false, IPAddress, IPSubnet: SubnetMask })
        : { ReturnValue: INVALID_PARAMETER },
    ),
    RenewDHCPLease: lease,
    ReleaseDHCPLease: lease,
  },
  instances: { modify: true },
});

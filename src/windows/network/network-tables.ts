import { type MethodTable, type ReachedCode, withUnreached } from '../method-table.js';

const adapter = (index: number) => `Win32_NetworkAdapterConfiguration.Index=${index}`;

const UNASKED = 'it asks nothing of what could fail so';
const REASONS = {
  1: 'a change holds at once',
  64: 'every adapter of the model can be set',
  65: 'nothing fails in a model for a reason that nobody knows',
  ...Object.fromEntries([66, 67, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79].map((code) => [code, UNASKED])),
  ...Object.fromEntries([80, 81, 82, 83, 85, 86, 87, 88, 89, 90].map((code) => [code, UNASKED])),
  91: 'who may call it, roles say before it runs: the call ends with a fault',
  ...Object.fromEntries([92, 93, 94, 95, 96, 97, 98].map((code) => [code, UNASKED])),
};

function table(method: string, on: string, reached: readonly ReachedCode[]): MethodTable {
  const className = 'Win32_NetworkAdapterConfiguration';
  return { namespace: 'root/cimv2', className, method, on, codes: withUnreached(reached, REASONS) };
}

/** The methods of network adapters that do their work. */
export const networkTables: readonly MethodTable[] = [
  table('SetTcpipNetbios', adapter(1), [
    {
      code: 0,
      when: 'IP is enabled on the adapter',
      input: { TcpipNetbiosOptions: 2 },
      shows: [{ get: adapter(1), has: { TcpipNetbiosOptions: 2 } }],
    },
    { code: 68, when: 'TcpipNetbiosOptions is not 0, 1 or 2', input: { TcpipNetbiosOptions: 3 } },
    { code: 84, when: 'IPEnabled is false', on: adapter(3), input: { TcpipNetbiosOptions: 1 } },
    {
      code: 100,
      when: 'DHCP is to say it, and DHCPEnabled is false',
      on: adapter(2),
      input: { TcpipNetbiosOptions: 0 },
    },
  ]),
];

import type { MethodTable, ReachedCode } from '../method-table.js';
import { adapterTables, addressTables } from './address-tables.js';
import { LEASED, ofAll, UNPLUGGED } from './configuration-table.js';
import { nameTables } from './name-tables.js';
import { type TcpipParameter, tcpipParameters } from './tcpip-parameters.js';

const sSubKeyName = 'SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';

/** Of uint8, uint16 and uint32. */
const MOST_OF_TYPES = [0xff, 0xffff, 0xffffffff];

/** A setting of TCP/IP: every configuration shows it, and the registry has it. */
function parameterTable({ method, property, value, range }: TcpipParameter): MethodTable {
  const given = range ? range[1] : true;
  const reached: ReachedCode[] = [
    {
      code: 0,
      when: range ? `it is in ${range[0]} to ${range[1]}` : 'always',
      input: { [property]: given },
      shows: [
        { get: LEASED, has: { [property]: given } },
        { get: UNPLUGGED, has: { [property]: given } },
        {
          call: { method: 'GetDWORDValue', on: 'StdRegProv', input: { sSubKeyName, sValueName: value } },
          answers: { uValue: Number(given) },
        },
      ],
    },
    { code: 68, when: 'it is missing', input: {} },
  ];
  // What is below the least of an unsigned number, or above the most, its type does not let through.
  const outside = range && (range[0] > 0 ? range[0] - 1 : MOST_OF_TYPES.includes(range[1]) ? undefined : range[1] + 1);
  if (outside !== undefined) reached.push({ code: 90, when: 'it is not', input: { [property]: outside } });
  return ofAll(method, { [property]: given }, reached);
}

/** The methods of network adapters that do their work. */
export const networkTables: readonly MethodTable[] = [
  ...addressTables,
  ...nameTables,
  ...tcpipParameters.map(parameterTable),
  ...adapterTables,
];

import { CimInstance } from '../../cim/model/cim-instance.js';
import type { MethodTable, ReachedCode } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { WmiError } from '../wmi-error.js';

const device = (DeviceID: string) => objectPath('Win32_PnPEntity', { DeviceID });
const ADAPTER = device('PCI\\VEN_C0A0&DEV_0001\\1');
const DRIVE = device('SCSI\\CDROM&VEN_CONTOSO&PROD_DVD-ROM\\1');
const table = tablesOn('Win32_PnPEntity', DRIVE);
const denied: ReachedCode = {
  code: WmiError.accessDenied,
  when: 'the caller is no administrator',
  given: [NO_ADMINISTRATORS],
};

/** Codes other than 0 are WMI's constants: no page names any. */
export const deviceTables: readonly MethodTable[] = [
  table('Disable', [
    {
      code: 0,
      when: 'the computer runs without it',
      shows: [{ get: DRIVE, has: { ConfigManagerErrorCode: 22, Status: 'Error' } }],
    },
    {
      code: 0,
      when: 'it is a network adapter, which goes with it',
      on: ADAPTER,
      shows: [
        { get: ADAPTER, has: { ConfigManagerErrorCode: 22 } },
        { get: 'Win32_NetworkAdapter.DeviceID="1"', has: { NetEnabled: false } },
      ],
    },
    denied,
    { code: WmiError.failed, when: 'it does not', on: device('ACPI\\PNP0C08\\0') },
  ]),
  table('Enable', [
    {
      code: 0,
      when: 'always',
      given: [{ call: { method: 'Disable', on: DRIVE } }],
      shows: [{ get: DRIVE, has: { ConfigManagerErrorCode: 0, Status: 'OK' } }],
    },
    denied,
  ]),
  table('GetDeviceProperties', [
    {
      code: 0,
      when: 'always: those that are asked for, or all that are known',
      input: { devicePropertyKeys: ['DEVPKEY_Device_Class'] },
      shows: [
        {
          answers: {
            deviceProperties: [
              new CimInstance(
                'Win32_PnPDevicePropertyString',
                Object.entries({
                  ...{ Key: '{a45c254e-df1c-4efd-8020-67d146a850e0} 9', KeyName: 'DEVPKEY_Device_Class', Type: 18 },
                  ...{ DeviceID: 'SCSI\\CDROM&VEN_CONTOSO&PROD_DVD-ROM\\1', Data: 'CDROM' },
                }),
              ),
            ],
          },
        },
      ],
    },
  ]),
];

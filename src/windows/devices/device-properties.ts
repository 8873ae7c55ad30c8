import { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { onInstance } from '../on-instance.js';
import { WmiError } from '../wmi-error.js';
import { errorCodeOf } from './adapter-of-device.js';

/** Types of properties (`Win32_PnPDeviceProperty.Type`), and what holds a value of each. */
const TYPES = {
  Empty: { code: 0, holder: 'String' },
  UInt32: { code: 7, holder: 'Uint32' },
  Guid: { code: 13, holder: 'String' },
  Boolean: { code: 17, holder: 'Boolean' },
  String: { code: 18, holder: 'String' },
  StringList: { code: 8210, holder: 'StringArray' },
} as const;

/** Sets of keys, as `devpkey.h` has them. */
const NAME_KEYS = '{b725f130-47ef-101a-a5f1-02608c9eebac}';
const DEVICE_KEYS = '{a45c254e-df1c-4efd-8020-67d146a850e0}';
const INSTANCE_KEYS = '{78c34fc8-104a-4aca-9ea4-524d52996e57}';
const STATUS_KEYS = '{4340a6c5-93fa-4706-972c-7b648008a5a7}';
const PRESENCE_KEYS = '{540b947e-8b40-45bc-a8a2-6a0b894cbda2}';

/** A property of a device. */
interface DeviceProperty {
  /** Set and number. */
  readonly key: string;
  readonly name: string;
  readonly type: keyof typeof TYPES;
  /** Null where the device does not say it. */
  value(device: CimInstance): CimValue;
}

const said = (property: string) => (device: CimInstance) => device.get(property);

/** What a device says of itself, in the order in which it is told. */
const PROPERTIES: readonly DeviceProperty[] = [
  { key: `${DEVICE_KEYS} 2`, name: 'DEVPKEY_Device_DeviceDesc', type: 'String', value: said('Description') },
  { key: `${DEVICE_KEYS} 3`, name: 'DEVPKEY_Device_HardwareIds', type: 'StringList', value: said('HardwareID') },
  { key: `${DEVICE_KEYS} 4`, name: 'DEVPKEY_Device_CompatibleIds', type: 'StringList', value: said('CompatibleID') },
  { key: `${DEVICE_KEYS} 6`, name: 'DEVPKEY_Device_Service', type: 'String', value: said('Service') },
  { key: `${DEVICE_KEYS} 9`, name: 'DEVPKEY_Device_Class', type: 'String', value: said('PNPClass') },
  { key: `${DEVICE_KEYS} 10`, name: 'DEVPKEY_Device_ClassGuid', type: 'Guid', value: said('ClassGuid') },
  { key: `${DEVICE_KEYS} 13`, name: 'DEVPKEY_Device_Manufacturer', type: 'String', value: said('Manufacturer') },
  {
    ...{ key: `${DEVICE_KEYS} 24`, name: 'DEVPKEY_Device_EnumeratorName', type: 'String' },
    value: (device) => device.getString('DeviceID')?.split('\\')[0] ?? null,
  },
  { key: `${NAME_KEYS} 10`, name: 'DEVPKEY_NAME', type: 'String', value: said('Name') },
  { key: `${INSTANCE_KEYS} 256`, name: 'DEVPKEY_Device_InstanceId', type: 'String', value: said('DeviceID') },
  {
    ...{ key: `${STATUS_KEYS} 3`, name: 'DEVPKEY_Device_ProblemCode', type: 'UInt32' },
    value: (device) => device.get('ConfigManagerErrorCode'),
  },
  { key: `${PRESENCE_KEYS} 5`, name: 'DEVPKEY_Device_IsPresent', type: 'Boolean', value: said('Present') },
];

/**
 * Win32_PnPEntity.GetDeviceProperties: what is known of a device by the keys of device properties, all of it or those that are asked for, by
 * name or by set and number. One that is not known is told as empty, which the page does not say.
 */
export const getDeviceProperties = onInstance(async (stored, { devicePropertyKeys: keys = null }, context) => {
  const device = stored.with({ ConfigManagerErrorCode: await errorCodeOf(stored, context) });
  const asked = isCimArray(keys) ? keys.map(String) : undefined;
  const deviceProperties = asked
    ? asked.map((key) => told(device, propertyOf(key) ?? unknownProperty(key)))
    : PROPERTIES.filter(({ value }) => value(device) !== null).map((one) => told(device, one));
  return { ReturnValue: WmiError.none, deviceProperties };
});

function propertyOf(key: string): DeviceProperty | undefined {
  return PROPERTIES.find((one) => sameName(one.name, key) || sameName(one.key, key));
}

function unknownProperty(asked: string): DeviceProperty {
  const isKey = asked.startsWith('{');
  return { key: isKey ? asked : '', name: isKey ? '' : asked, type: 'Empty', value: () => null };
}

function told(device: CimInstance, { key, name, type, value }: DeviceProperty): CimInstance {
  const Data = value(device);
  const { code, holder } = TYPES[Data === null ? 'Empty' : type];
  return new CimInstance(
    `Win32_PnPDeviceProperty${holder}`,
    Object.entries({ Key: key, KeyName: name, Type: code, DeviceID: device.get('DeviceID'), Data }),
  );
}

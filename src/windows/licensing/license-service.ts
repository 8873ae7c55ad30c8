import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, MethodImplementation } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { allOf } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { createKey, deleteValue, putValue } from '../registry/registry.js';
import { RegistryType } from '../registry/registry-key.js';
import { LicenseCode } from './license-code.js';
import {
  LicenseStatus,
  licensing,
  machineName,
  numberIn,
  PRODUCT_CLASS,
  portNumber,
  SERVICE_CLASS,
  setting,
  truth,
} from './license-rows.js';

/** Where Windows keeps whom it asks, and its product key. */
const WINDOWS_KEY = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const PLATFORM_KEY = `${WINDOWS_KEY}\\SoftwareProtectionPlatform`;
const PRODUCT_KEY_VALUES = [
  [WINDOWS_KEY, 'DigitalProductId'],
  [WINDOWS_KEY, 'DigitalProductId4'],
  [PLATFORM_KEY, 'BackupProductKeyDefault'],
] as const;

/** Minutes: a quarter of an hour to 30 days. */
const [SHORTEST, LONGEST] = [15, 43_200];
/** How long a product that is as new may be used, in minutes: 30 days. */
const GRACE = 43_200;

/** What was wrong with the licence before is so no more. */
const NO_REASON = { LicenseStatusReason: LicenseCode.success };

/** Letters and digits that product keys are written with. */
const KEY = /^(?:[BCDFGHJKMNPQRTVWXY2346789]{5}-){4}[BCDFGHJKMNPQRTVWXY2346789]{5}$/i;

/** A method that sets a property of the service, and a text of the registry. @param read what is given; undefined: it is cleared */
function inRegistry(
  value: string,
  property: string | undefined,
  cleared: CimValue,
  read?: (input: Readonly<Record<string, CimValue | undefined>>) => string | number,
): MethodImplementation {
  return licensing(async (service, input, { store }) => {
    const given = read?.(input);
    if (given === undefined) await deleteValue(store, PLATFORM_KEY, value);
    else {
      await createKey(store, PLATFORM_KEY);
      await putValue(store, PLATFORM_KEY, { name: value, type: RegistryType.text, data: String(given) });
    }
    if (property !== undefined) await store.put(service.with({ [property]: given ?? cleared }));
    return { ReturnValue: LicenseCode.success };
  });
}

/** The product that a key of Windows is for: what is no part of another. @throws MethodRefusal productNotInstalled */
async function windowsProduct(context: MethodContext): Promise<StoredInstance> {
  const products = (await allOf(context, PRODUCT_CLASS)).filter((one) => one.get('LicenseIsAddon') !== true);
  const found = products.find((one) => one.getString('PartialProductKey')) ?? products[0];
  if (found) return found;
  throw new MethodRefusal(LicenseCode.productNotInstalled, 'there is no product that the key could be of');
}

/** SoftwareLicensingService: what is said of all licences of a computer. */
export const licenseService = defineProvider(SERVICE_CLASS, {
  methods: {
    InstallProductKey: licensing(async (_service, { ProductKey }, context) => {
      const key = typeof ProductKey === 'string' ? ProductKey.trim().toUpperCase() : '';
      if (!KEY.test(key)) throw new MethodRefusal(LicenseCode.invalidKey, 'ProductKey is no product key');
      const product = await windowsProduct(context);
      const values = { PartialProductKey: key.slice(-5), LicenseStatus: LicenseStatus.unlicensed };
      await context.store.put(product.with({ ...values, ...NO_REASON, GracePeriodRemaining: 0 }));
      return { ReturnValue: LicenseCode.success };
    }),

    ClearProductKeyFromRegistry: licensing(async (_service, _input, { store }) => {
      for (const [key, value] of PRODUCT_KEY_VALUES) await deleteValue(store, key, value);
      return { ReturnValue: LicenseCode.success };
    }),

    ReArmWindows: licensing(async (service, _input, context) => {
      const left = Number(service.get('RemainingWindowsReArmCount') ?? 0);
      if (left === 0) throw new MethodRefusal(LicenseCode.rearmed, 'RemainingWindowsReArmCount is 0');
      await context.store.put(service.with({ RemainingWindowsReArmCount: left - 1 }));
      const product = await windowsProduct(context);
      const asNew = { LicenseStatus: LicenseStatus.graceOfNew, GracePeriodRemaining: GRACE };
      await context.store.put(product.with({ ...asNew, ...NO_REASON }));
      return { ReturnValue: LicenseCode.success };
    }),

    RefreshLicenseStatus: setting(() => ({ PolicyCacheRefreshRequired: 0 })),

    SetKeyManagementServiceMachine: inRegistry(
      ...(['KeyManagementServiceName', 'KeyManagementServiceMachine', ''] as const),
      ({ MachineName }) => machineName(MachineName),
    ),
    ClearKeyManagementServiceMachine: inRegistry('KeyManagementServiceName', 'KeyManagementServiceMachine', ''),
    SetKeyManagementServicePort: inRegistry('KeyManagementServicePort', undefined, 0, ({ PortNumber }) =>
      portNumber(PortNumber),
    ),
    ClearKeyManagementServicePort: inRegistry('KeyManagementServicePort', undefined, 0),
    SetKeyManagementServiceListeningPort: inRegistry(
      ...(['KeyManagementServiceListeningPort', 'KeyManagementServiceListeningPort', 0] as const),
      ({ PortNumber }) => portNumber(PortNumber),
    ),
    ClearKeyManagementServiceListeningPort: inRegistry(
      ...(['KeyManagementServiceListeningPort', 'KeyManagementServiceListeningPort', 0] as const),
    ),

    DisableKeyManagementServiceDnsPublishing: setting(({ DisablePublishing }) => ({
      KeyManagementServiceDnsPublishing: !truth(DisablePublishing),
    })),
    DisableKeyManagementServiceHostCaching: setting(({ DisableCaching }) => ({
      KeyManagementServiceHostCaching: !truth(DisableCaching),
    })),
    EnableKeyManagementServiceLowPriority: setting(({ EnableLowPriority }) => ({
      KeyManagementServiceLowPriority: truth(EnableLowPriority),
    })),
    DisableKeyManagementServiceActivation: setting(({ DisableActivation }) => ({
      KeyManagementServiceActivationDisabled: truth(DisableActivation),
    })),

    SetVLActivationInterval: setting(({ ActivationInterval }) => ({
      VLActivationInterval: numberIn(ActivationInterval, SHORTEST, LONGEST),
    })),
    SetVLRenewalInterval: setting(({ RenewalInterval }) => ({
      VLRenewalInterval: numberIn(RenewalInterval, SHORTEST, LONGEST),
    })),
  },
});

import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { onlyOne } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { LicenseCode } from './license-code.js';
import {
  LicenseStatus,
  licensing,
  machineName,
  PRODUCT_CLASS,
  portNumber,
  SERVICE_CLASS,
  setting,
} from './license-rows.js';

/** For how long a key management service activates, in minutes: 180 days. */
const ACTIVATED = 259_200;
const LICENSED = { LicenseStatus: LicenseStatus.licensed, LicenseStatusReason: LicenseCode.success };
/** So many digits has a confirmation of an activation by telephone. */
const CONFIRMATION = 48;

/** @throws MethodRefusal keyNotInstalled */
function checkKey(product: CimInstance): void {
  if (!product.getString('PartialProductKey'))
    throw new MethodRefusal(LicenseCode.keyNotInstalled, `${product.getString('Name')} has no product key`);
}

/** Whether a product is activated by a key management service, as its description says; others by Microsoft. */
function asksService(product: CimInstance): boolean {
  return /VOLUME_KMSCLIENT/i.test(product.getString('Description') ?? '');
}

/** The service that a product asks: its own, that of all products, or what was found in the network. */
async function serviceOf(product: CimInstance, context: MethodContext): Promise<string> {
  const ofAll = await onlyOne(context, SERVICE_CLASS);
  const names = [
    ...[product, ofAll].map((one) => one?.getString('KeyManagementServiceMachine')),
    ...[product, ofAll].map((one) => one?.getString('DiscoveredKeyManagementServiceMachineName')),
  ];
  return names.find((name) => name) ?? '';
}

/** @throws MethodRefusal */
function checkConfirmation(given: unknown): void {
  const text = typeof given === 'string' ? given.replaceAll('-', '') : '';
  if (!/^\d+$/.test(text))
    throw new MethodRefusal(LicenseCode.confirmationFormat, 'ConfirmationId has something other than digits');
  if (text.length !== CONFIRMATION)
    throw new MethodRefusal(LicenseCode.confirmationLength, `ConfirmationId has not ${CONFIRMATION} digits`);
}

/** Policies of licences: a model has none. */
const noPolicy = licensing((_product, { PolicyName }) => {
  throw new MethodRefusal(LicenseCode.valueNotFound, `there is no policy ${String(PolicyName)}`);
});

/** SoftwareLicensingProduct: what Windows and other programs may be used for. */
export const licenseProducts = defineProvider(PRODUCT_CLASS, {
  methods: {
    Activate: licensing(async (product, _input, context) => {
      checkKey(product);
      const isByService = asksService(product);
      if (isByService && (await serviceOf(product, context)) === '')
        throw new MethodRefusal(LicenseCode.noKeyManagementService, 'no key management service is known');
      const GracePeriodRemaining = isByService ? ACTIVATED : 0;
      await context.store.put(product.with({ ...LICENSED, GracePeriodRemaining }));
      return { ReturnValue: LicenseCode.success };
    }),

    DepositOfflineConfirmationId: setting(({ InstallationId, ConfirmationId }, product) => {
      checkKey(product);
      checkConfirmation(ConfirmationId);
      if (!InstallationId || product.get('OfflineInstallationId') !== InstallationId)
        throw new MethodRefusal(LicenseCode.confirmationMismatched, 'InstallationId is not the OfflineInstallationId');
      return { ...LICENSED, GracePeriodRemaining: 0 };
    }),

    UninstallProductKey: setting((_input, product) => {
      checkKey(product);
      const LicenseStatusReason = LicenseCode.keyNotInstalled;
      const without = { PartialProductKey: null, ProductKeyID: null, LicenseStatusReason };
      return { ...without, LicenseStatus: LicenseStatus.unlicensed, GracePeriodRemaining: 0 };
    }),

    SetKeyManagementServiceMachine: setting(({ MachineName }) => ({
      KeyManagementServiceMachine: machineName(MachineName),
    })),
    ClearKeyManagementServiceMachine: setting(() => ({ KeyManagementServiceMachine: '' })),
    SetKeyManagementServicePort: setting(({ PortNumber }) => ({ KeyManagementServicePort: portNumber(PortNumber) })),
    ClearKeyManagementServicePort: setting(() => ({ KeyManagementServicePort: 0 })),

    GetPolicyInformationDWord: noPolicy,
    GetPolicyInformationString: noPolicy,
  },
});

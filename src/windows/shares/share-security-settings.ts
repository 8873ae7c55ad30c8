import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { Provider } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal } from '../method-refusal.js';
import { onInstance } from '../on-instance.js';
import { partsOf } from '../security/descriptor-parts.js';
import { noteSecurity } from '../security/noted-security.js';
import { namedDescriptor } from './share-descriptor.js';

const Code = { success: 0, accessDenied: 2, invalidParameter: 21 } as const;

const settings = defineProvider('Win32_LogicalShareSecuritySetting', {
  methods: {
    GetSecurityDescriptor: onInstance(async (setting, _input, { store }) => ({
      ReturnValue: Code.success,
      Descriptor: await namedDescriptor(store, setting.getString('Name') ?? ''),
    })),
    SetSecurityDescriptor: forAdministrators(Code.accessDenied, async (setting, { Descriptor }, context) => {
      if (!(Descriptor instanceof CimInstance) || partsOf(Descriptor) === undefined)
        throw new MethodRefusal(Code.invalidParameter, 'Descriptor is none, or names somebody whom nobody knows');
      await noteSecurity(context.store, `share ${setting.getString('Name') ?? ''}`, Descriptor);
      return { ReturnValue: Code.success };
    }),
  },
  instances: {},
});

const asTheyAre = ['Win32_LogicalShareAccess', 'Win32_LogicalShareAuditing', 'Win32_ShareToDirectory'].map(
  (className) => defineProvider(className, { methods: {}, instances: {} }),
);

/** Who may use the shares of folders, as descriptors and as associations; what is written here is what `Win32_Share` goes by. */
export const shareSecuritySettings: readonly Provider[] = [settings, ...asTheyAre];

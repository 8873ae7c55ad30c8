import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { InstanceContext, MethodContext } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { forAdministrators, staticForAdministrators } from '../for-administrators.js';
import { pathIn, removeWithTies } from '../machine.js';
import { onInstance } from '../on-instance.js';
import { dropSecurity, noteSecurity } from '../security/noted-security.js';
import { maximumAllowed, newShareName, SHARE_CLASS, ShareCode, sharedFolder, shareType } from './share-checks.js';
import { shareAccess } from './share-security.js';

const DONE = { ReturnValue: ShareCode.success };
/** Disk shares have a folder; the others a name of what they share. */
const DISK_TYPES: readonly number[] = [0, 0x80000000];

/** Folders and printers that the computer shares. */
export const shares = defineProvider(SHARE_CLASS, {
  methods: {
    Create: staticForAdministrators(ShareCode.accessDenied, async (input, context) => {
      const Type = shareType(input.Type);
      const Name = await newShareName(input.Name, context);
      const Path = DISK_TYPES.includes(Type) ? await sharedFolder(input.Path, context) : (input.Path ?? '');
      const MaximumAllowed = maximumAllowed(input.MaximumAllowed);
      const Description = typeof input.Description === 'string' ? input.Description : '';
      const values = {
        ...{ Name, Path, Type, MaximumAllowed, AllowMaximum: MaximumAllowed === null },
        ...{ Caption: Description, Description, AccessMask: null, InstallDate: null, Status: 'OK' },
      };
      const path = pathIn(context, SHARE_CLASS, { Name });
      await context.store.put(new CimInstance(SHARE_CLASS, Object.entries(values), path));
      await secure(Name, input.Access, context);
      return DONE;
    }),

    Delete: forAdministrators(ShareCode.accessDenied, async (share, _input, context) => {
      await dropShare(share, context);
      return DONE;
    }),

    SetShareInfo: forAdministrators(
      ShareCode.accessDenied,
      async (share, { MaximumAllowed, Description, Access }, context) => {
        const maximum = maximumAllowed(MaximumAllowed);
        const text = typeof Description === 'string' ? { Caption: Description, Description } : {};
        // What is left out is not as it was, but as it is when nobody says anything: the share has no limit then.
        await context.store.put(share.with({ ...text, MaximumAllowed: maximum, AllowMaximum: maximum === null }));
        await secure(share.getString('Name') ?? '', Access, context);
        return DONE;
      },
    ),

    GetAccessMask: onInstance(async (share, _input, context) => ({
      ReturnValue: await shareAccess(share.getString('Name') ?? '', context),
    })),
  },
  instances: {
    delete: (share, context) => dropShare(share, context),
  },
});

/** What ties it to others goes with it. */
async function dropShare(share: CimInstance, context: InstanceContext): Promise<void> {
  await dropSecurity(context.store, `share ${share.getString('Name') ?? ''}`);
  if (share.path) await removeWithTies(context, share.path);
}

async function secure(name: string, access: unknown, { store }: MethodContext): Promise<void> {
  if (access instanceof CimInstance) await noteSecurity(store, `share ${name}`, access);
}

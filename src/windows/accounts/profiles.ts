import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { DeleteRule, InstanceContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { dropTree } from '../files/drop-tree.js';
import { forAdministrators } from '../for-administrators.js';
import { pathIn, removeWithTies } from '../machine.js';
import { MethodRefusal, orFailed } from '../method-refusal.js';
import { moveInstance } from '../move-instance.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { createKey, deleteKey, hasKey, putValue, subkeyNames, valuesOf } from '../registry/registry.js';
import { sidBytes } from '../security/sid.js';

const CLASS = 'Win32_UserProfile';

/** HRESULTs of Windows' errors (WinError.h); the page of the method names the second. */
export const ProfileCode = {
  ...{ success: 0, alreadyExists: 0x800700b7, accessDenied: 0x80070005, inUse: 0x80070020, invalidSid: 0x80070539 },
} as const;

/** Bits of `Flags`. */
const Flag = { replace: 1, deleteReplaced: 2 } as const;

/** Has a key for each profile, called as its owner. */
const LIST = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';

function sidOf(profile: CimInstance): string {
  return profile.getString('SID') ?? '';
}

/** @throws MethodRefusal when somebody works with it, or the system does */
function checkNotInUse(profile: CimInstance): void {
  if (profile.get('Loaded') === true || profile.get('Special') === true)
    throw new MethodRefusal(ProfileCode.inUse, `the profile of ${sidOf(profile)} is in use`);
}

/** What the registry says of a profile goes with it, to another owner or away. */
async function moveKey({ store }: Pick<InstanceContext, 'store'>, from: string, to?: string): Promise<void> {
  const key = `${LIST}\\${from}`;
  if (!(await hasKey(store, key)) || (await subkeyNames(store, key)).length > 0) return;
  const values = await valuesOf(store, key);
  await deleteKey(store, key);
  if (to === undefined) return;
  await createKey(store, `${LIST}\\${to}`);
  for (const value of values) await putValue(store, `${LIST}\\${to}`, value);
}

/** Another profile of the new owner makes way, or is what the call ends with. @throws MethodRefusal */
async function replace(profile: StoredInstance, flags: number, context: InstanceContext): Promise<void> {
  if ((flags & Flag.replace) === 0)
    throw new MethodRefusal(ProfileCode.alreadyExists, `${sidOf(profile)} has a profile already`);
  checkNotInUse(profile);
  await moveKey(context, sidOf(profile));
  await removeWithTies(context, profile.path);
  if ((flags & Flag.deleteReplaced) !== 0) await dropTree(profile.getString('LocalPath') ?? '', context);
}

/** It is gone with its files. @throws CimError Failed for one that is in use */
const deleteProfile: DeleteRule = async (profile, context) => {
  await orFailed(async () => checkNotInUse(profile));
  await moveKey(context, sidOf(profile));
  await dropTree(profile.getString('LocalPath') ?? '', context);
};

/** Profiles of users. */
export const profiles = defineProvider(CLASS, {
  methods: {
    ChangeOwner: forAdministrators(ProfileCode.accessDenied, async (profile, { NewOwnerSID, Flags }, context) => {
      const sid = typeof NewOwnerSID === 'string' ? NewOwnerSID.toUpperCase() : '';
      if (sidBytes(sid) === undefined)
        throw new MethodRefusal(ProfileCode.invalidSid, `${shorten(sid, 100)} is no security identifier`);
      checkNotInUse(profile);
      if (sameName(sid, sidOf(profile))) return { ReturnValue: ProfileCode.success };
      const path = pathIn(context, CLASS, { SID: sid });
      const before = stored(await context.store.get(path));
      if (before) await replace(before, Number(Flags ?? 0), context);
      await moveKey(context, sidOf(profile), sid);
      await moveInstance(profile, profile.with({ SID: sid }).at(path), context);
      return { ReturnValue: ProfileCode.success };
    }),
  },
  instances: { delete: deleteProfile },
});

import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { InstanceContext } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { findFile, treeOf } from '../files/file-rows.js';
import { removeWithTies } from '../machine.js';
import { deleteKey, hasKey } from '../registry/registry.js';

/** Where the registry has a key for each profile, by its SID. */
const PROFILES = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';

/** What users have on the computer. Who deletes a profile deletes its folder, and what the registry knows of it. */
export const userProfiles = defineProvider('Win32_UserProfile', {
  methods: {},
  instances: { delete: removeProfile },
});

/** @throws CimError Failed when somebody uses the profile, or the system does */
async function removeProfile(profile: CimInstance, context: InstanceContext): Promise<void> {
  const folder = profile.getString('LocalPath') ?? '';
  if (profile.get('Special') === true) throw new CimError('Failed', `The profile in ${folder} is of the system.`);
  if (profile.get('Loaded') === true) throw new CimError('Failed', `The profile in ${folder} is in use.`);
  const top = await findFile(context, folder.toLowerCase());
  for (const file of top ? [...(await treeOf(context, top))].reverse() : []) await removeWithTies(context, file.path);
  const key = `${PROFILES}\\${profile.getString('SID') ?? ''}`;
  if (await hasKey(context.store, key)) await deleteKey(context.store, key);
}

import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { Provider } from '../../cim/contracts/provider.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { onInstance } from '../on-instance.js';
import { type RenameCodes, renameAccount } from './rename-account.js';

const DONE = { ReturnValue: 0 };
/** Win32_UserAccount.Rename. */
const USER_CODES: RenameCodes = { invalidParameter: 3, onlyOnController: 6, otherError: 9, longestName: 20 };
/** Win32_Group.Rename. */
const GROUP_CODES: RenameCodes = { invalidParameter: 3, onlyOnController: 6, otherError: 8, longestName: 256 };
const SPECIAL_GROUP = 7;

const users = defineProvider('Win32_UserAccount', {
  methods: {
    Rename: refusing(
      onInstance(async (account, { Name }, context) => {
        await renameAccount(account, Name, USER_CODES, context);
        return DONE;
      }),
    ),
  },
  // Accounts are made and removed by no class of WMI.
  instances: { modify: true },
  derived: { Status: (account) => (account.get('Disabled') === true ? 'Degraded' : 'OK') },
});

const groups = defineProvider('Win32_Group', {
  methods: {
    Rename: refusing(
      onInstance(async (group, { Name }, context) => {
        // Aliases that every Windows has (MS-DTYP 2.4.2.4).
        if (/^S-1-5-32-/i.test(group.getString('SID') ?? ''))
          throw new MethodRefusal(SPECIAL_GROUP, 'the group is built in: its name stays');
        await renameAccount(group, Name, GROUP_CODES, context);
        return DONE;
      }),
    ),
  },
  instances: {},
});

const asTheyAre = ['Win32_SystemAccount', 'Win32_SID', 'Win32_GroupUser'].map((className) =>
  defineProvider(className, { methods: {}, instances: {} }),
);

/** Users, groups, who is in them, and what users have on the computer. */
export const accounts: readonly Provider[] = [users, groups, ...asTheyAre];

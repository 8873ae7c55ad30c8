import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { InstanceContext } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { findAccount, findWellKnown, USER_CLASSES } from '../security/find-account.js';
import { dropInRegistry, SYSTEM_USER, showInRegistry } from './system-variables.js';

const CLASS = 'Win32_Environment';

/** Environment variables of the computer and of accounts. Those of the computer are in the registry as well. */
export const environment = defineProvider(CLASS, {
  methods: {},
  instances: {
    create: async (instance, context) => {
      const name = instance.getString('Name') ?? '';
      const UserName = instance.getString('UserName') ?? '';
      if (name === '' || /[=\0]/.test(name)) throw new CimError('InvalidParameter', 'Name is none of a variable.');
      await checkUser(UserName, context);
      const created = instance.with({
        ...{ SystemVariable: isSystem(UserName), Status: 'OK', InstallDate: null },
        ...{ Caption: `${UserName}\\${name}`, Description: `${UserName}\\${name}` },
        VariableValue: instance.getString('VariableValue') ?? '',
      });
      await showInRegistry(created, context.store);
      return created;
    },
    modify: async (instance, before, context) => {
      // What else is marked Write is the key.
      const changed = before.with({ VariableValue: instance.getString('VariableValue') ?? '' });
      await showInRegistry(changed, context.store);
      return changed;
    },
    delete: (instance: CimInstance, { store }) => dropInRegistry(instance, store),
  },
});

function isSystem(user: string): boolean {
  return sameName(user, SYSTEM_USER);
}

async function checkUser(user: string, { store }: InstanceContext): Promise<void> {
  if (isSystem(user) || sameName(user, 'NT AUTHORITY\\SYSTEM')) return;
  if (user === '' || !((await findAccount(store, user, USER_CLASSES)) || findWellKnown(user)))
    throw new CimError('InvalidParameter', 'UserName is none of an account, nor <SYSTEM>.');
}

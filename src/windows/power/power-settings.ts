import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { Provider } from '../../cim/contracts/provider.js';
import { InstancePath } from '../../cim/model/instance-path.js';

const POWER = 'root/cimv2/power';
/** `CIM_ElementSettingData.IsCurrent`. */
const [CURRENT, NOT_CURRENT] = [1, 2];

const indexes = defineProvider('Win32_PowerSettingDataIndex', {
  methods: {},
  instances: { modify: ['SettingIndexValue'] },
});

const ties = defineProvider('Win32_PowerSettingElementSettingDataIndex', {
  methods: {},
  instances: {},
  derived: {
    IsCurrent: async (tie, { store }) => {
      const index = tie.get('SettingData');
      const id = index instanceof InstancePath ? String(index.keys.get('InstanceID') ?? '') : '';
      const InstanceID = `Microsoft:PowerPlan\\${/\{[^}]*\}/.exec(id)?.[0] ?? ''}`;
      const plan = await store.get(
        new InstancePath({ namespace: POWER, className: 'Win32_PowerPlan', keys: { InstanceID } }),
      );
      return plan?.get('IsActive') === true ? CURRENT : NOT_CURRENT;
    },
  },
});

/** What power plans say of each setting: values that clients may change, and whether they are those of the plan that is active. */
export const powerSettings: readonly Provider[] = [indexes, ties];

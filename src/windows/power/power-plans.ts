import { defineProvider } from '../../cim/contracts/define-provider.js';
import { allOf } from '../machine.js';
import { onInstance } from '../on-instance.js';

/** Win32_PowerPlan: one is active. Activate answers true, as its declaration has it. */
export const powerPlans = defineProvider('Win32_PowerPlan', {
  methods: {
    Activate: onInstance(async (plan, _input, context) => {
      for (const other of await allOf(context, 'Win32_PowerPlan'))
        if (other.get('IsActive') === true) await context.store.put(other.with({ IsActive: false }));
      await context.store.put(plan.with({ IsActive: true }));
      return { ReturnValue: true };
    }),
  },
  instances: {},
});

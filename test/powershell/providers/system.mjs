import { CimDateTime, defineProvider } from 'cimulator';

/** Managed elements are for clients to see, and to change where the schema marks a property Write. */
export const readOnly = defineProvider('CIM_ManagedSystemElement', { methods: {}, instances: { modify: true } });

/** Those that clients create and delete as well. */
export const data = ['Win32_Environment', 'Win32_PageFileSetting'].map((className) =>
  defineProvider(className, { methods: {}, instances: { create: true, modify: true, delete: true } }),
);

async function restart(_input, { instance, store, now }) {
  const LocalDateTime = instance.get('LocalDateTime');
  await store.put(instance.with({ LastBootUpTime: LocalDateTime ?? CimDateTime.fromDate(new Date(now())) }));
  return { ReturnValue: 0 };
}

/** A machine that is shut down is up again at once, or nobody could ask it any more. */
export const operatingSystem = defineProvider('Win32_OperatingSystem', {
  methods: { Reboot: restart, Shutdown: restart, Win32Shutdown: restart },
});

/** The name changes at the next start, which does not come: what is asked for is checked, and that is all. */
export const computerSystem = defineProvider('Win32_ComputerSystem', {
  methods: {
    Rename: ({ Name }) => ({ ReturnValue: /^[\w-]{1,15}$/.test(Name ?? '') ? 0 : 87 }),
  },
});

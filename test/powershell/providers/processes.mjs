import { CimDateTime, CimInstance, defineProvider, InstancePath } from 'cimulator';
import { links } from './links.mjs';

const DONE = 0;
const PATH_NOT_FOUND = 9;
const INVALID_PARAMETER = 21;

/** Where there are programs; one that is called by its name alone is found. */
const FOLDERS = ['c:\\windows\\', 'c:\\tools\\', 'c:\\program files\\'];

const ACCOUNTS = {
  system: { User: 'SYSTEM', Domain: 'NT AUTHORITY', Sid: 'S-1-5-18' },
  user: { User: 'svc-lab', Domain: 'LAB', Sid: 'S-1-5-21-1000000001-1000000002-1000000003-1105' },
};

/** Of a command line, `"C:\a b\c.exe" -x` or `C:\a\c.exe -x`. */
function programOf(commandLine) {
  return /^\s*(?:"([^"]+)"|(\S+))/
    .exec(commandLine)
    ?.slice(1)
    .find((part) => part !== undefined);
}

function isThere(program) {
  return !/[\\/]/.test(program) || FOLDERS.some((folder) => program.toLowerCase().startsWith(folder));
}

/** Gives ids that no process has had. */
function idSource() {
  let last = 0;
  return async (store, namespace) => {
    for await (const one of store.scan(namespace, 'Win32_Process')) last = Math.max(last, Number(one.get('ProcessId')));
    last += 4;
    return last;
  };
}

const nextId = idSource();
const ownerOf = (instance) => ACCOUNTS[Number(instance.get('SessionId') ?? 0) === 0 ? 'system' : 'user'];
const removeLinks = links('Win32_SystemProcesses');

/** Win32_Process: those that are created are there until they are ended, by the method or as an instance. */
export const processes = defineProvider('Win32_Process', {
  methods: {
    async Create({ CommandLine }, { store, namespace, now }) {
      const program = programOf(CommandLine ?? '');
      if (program === undefined) return { ReturnValue: INVALID_PARAMETER };
      if (!isThere(program)) return { ReturnValue: PATH_NOT_FOUND };
      const ProcessId = await nextId(store, namespace);
      const Name = program.split(/[\\/]/).at(-1);
      const Handle = String(ProcessId);
      const path = new InstancePath({ namespace, className: 'Win32_Process', keys: { Handle } });
      const values = {
        ...{ Handle, Name, Caption: Name, Description: Name, ProcessId, CommandLine, ExecutablePath: program },
        ...{ CreationClassName: 'Win32_Process', CSName: 'SRV01', ParentProcessId: 3020, SessionId: 2, Priority: 8 },
        CreationDate: CimDateTime.fromDate(new Date(now())),
      };
      await store.put(new CimInstance('Win32_Process', Object.entries(values), path));
      return { ReturnValue: DONE, ProcessId };
    },

    async Terminate(_input, context) {
      await removeLinks(context.instance, context);
      await context.store.delete(context.instance.path);
      return { ReturnValue: DONE };
    },

    GetOwner: (_input, { instance }) => {
      const { User, Domain } = ownerOf(instance);
      return { ReturnValue: DONE, User, Domain };
    },

    GetOwnerSid: (_input, { instance }) => ({ ReturnValue: DONE, Sid: ownerOf(instance).Sid }),

    async SetPriority({ Priority }, { instance, store }) {
      // The classes of Windows' SetPriorityClass, from idle to real time.
      const base = { 64: 4, 16384: 6, 32: 8, 32768: 10, 128: 13, 256: 24 }[Priority ?? 0];
      if (base === undefined) return { ReturnValue: INVALID_PARAMETER };
      await store.put(instance.with({ Priority: base }));
      return { ReturnValue: DONE };
    },
  },

  instances: { modify: true, delete: removeLinks },
});

import { defineProvider } from 'cimulator';
import { links } from './links.mjs';

const DONE = 0;
const CANNOT_ACCEPT_CONTROL = 5;
const NOT_ACTIVE = 6;
const ALREADY_RUNNING = 10;
const DISABLED = 14;
const INVALID_PARAMETER = 21;

/** What a method calls a mode, and what the property says of it. */
const MODES = { boot: 'Boot', system: 'System', automatic: 'Auto', manual: 'Manual', disabled: 'Disabled' };

/** The process of a service that runs in one of its own. */
const PROCESSES = { Spooler: 1480 };
const SHARED_PROCESS = 904;

const removeLinks = links('Win32_SystemServices', 'Win32_DependentService');
const returns = (ReturnValue) => ({ ReturnValue });

async function changed({ instance, store }, changes) {
  await store.put(instance.with(changes));
  return returns(DONE);
}

/** Win32_Service: what is changed shows in the next Get. */
export const services = defineProvider('Win32_Service', {
  methods: {
    StartService(_input, context) {
      const { instance } = context;
      if (instance.get('State') === 'Running') return returns(ALREADY_RUNNING);
      if (instance.get('StartMode') === 'Disabled') return returns(DISABLED);
      const ProcessId = PROCESSES[instance.get('Name')] ?? SHARED_PROCESS;
      return changed(context, { State: 'Running', Started: true, ProcessId, AcceptStop: true, ExitCode: 0 });
    },

    StopService(_input, context) {
      const { instance } = context;
      if (instance.get('State') !== 'Running') return returns(NOT_ACTIVE);
      if (instance.get('AcceptStop') !== true) return returns(CANNOT_ACCEPT_CONTROL);
      return changed(context, { State: 'Stopped', Started: false, ProcessId: 0, AcceptStop: false });
    },

    InterrogateService: (_input, { instance }) => returns(instance.get('State') === 'Running' ? DONE : NOT_ACTIVE),

    ChangeStartMode({ StartMode }, context) {
      const mode = MODES[StartMode?.toLowerCase()];
      return mode === undefined ? returns(INVALID_PARAMETER) : changed(context, { StartMode: mode });
    },

    Change({ StartMode, ...given }, context) {
      const mode = StartMode == null ? undefined : MODES[StartMode.toLowerCase()];
      if (StartMode != null && mode === undefined) return returns(INVALID_PARAMETER);
      const kept = ['DisplayName', 'PathName', 'DesktopInteract', 'StartName'].filter((name) => given[name] != null);
      const changes = Object.fromEntries(kept.map((name) => [name, given[name]]));
      return changed(context, { ...changes, ...(mode !== undefined && { StartMode: mode }) });
    },

    async Delete(_input, context) {
      await removeLinks(context.instance, context);
      await context.store.delete(context.instance.path);
      return returns(DONE);
    },
  },

  instances: { modify: true, delete: removeLinks },
});

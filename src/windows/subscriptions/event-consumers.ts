import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { InstanceContext, Provider } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { callerSid } from '../security/caller-sids.js';
import { sidBytes } from '../security/sid.js';
import { ADMINISTRATORS } from '../security/well-known-sids.js';

/** Who made an instance: an account of the computer, or else its administrators. */
async function creatorOf(context: InstanceContext): Promise<readonly number[]> {
  return sidBytes((await callerSid(context)) ?? ADMINISTRATORS.sid) ?? [];
}

/** What a consumer cannot do without; undefined when it has all of it. */
type Lacks = (consumer: CimInstance) => string | undefined;

const has = (consumer: CimInstance, ...names: readonly string[]) =>
  names.some((name) => (consumer.getString(name) ?? '') !== '');

/** By class, what its page asks for. */
const LACKS: Readonly<Record<string, Lacks>> = {
  CommandLineEventConsumer: (one) =>
    has(one, 'CommandLineTemplate', 'ExecutablePath') ? undefined : 'CommandLineTemplate or ExecutablePath',
  ActiveScriptEventConsumer: (one) => {
    if (!has(one, 'ScriptingEngine')) return 'ScriptingEngine';
    return has(one, 'ScriptText', 'ScriptFileName') ? undefined : 'ScriptText or ScriptFileName';
  },
  LogFileEventConsumer: (one) => (has(one, 'Filename') ? undefined : 'Filename'),
  NTEventLogEventConsumer: (one) => (has(one, 'SourceName') ? undefined : 'SourceName'),
  SMTPEventConsumer: (one) => (has(one, 'SMTPServer') ? undefined : 'SMTPServer'),
};

/** @throws CimError InvalidParameter */
function checked(consumer: CimInstance): CimInstance {
  const missing = has(consumer, 'Name') ? LACKS[consumer.className]?.(consumer) : 'Name';
  if (missing !== undefined) throw new CimError('InvalidParameter', `${missing} of the consumer is missing.`);
  return consumer;
}

/**
 * The standard consumers of permanent subscriptions (root/subscription): clients make, change and delete them, as they do filters and bindings.
 * No event comes to them.
 */
export const eventConsumers: readonly Provider[] = Object.keys(LACKS).map((className) =>
  defineProvider(className, {
    methods: {},
    instances: {
      create: async (consumer, context) => checked(consumer).with({ CreatorSID: await creatorOf(context) }),
      modify: (consumer, before) => checked(consumer).with({ CreatorSID: before.get('CreatorSID') }),
      delete: true,
    },
  }),
);

import type { MethodContext, MethodImplementation, MethodInput } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { forAdministrators, staticForAdministrators } from '../for-administrators.js';
import { allOf } from '../machine.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { ConfigurationCode, DONE } from './configuration-code.js';
import { CONFIGURATION_CLASS, isIpEnabled } from './connection.js';

type Values = Readonly<Record<string, CimValue>>;

/** What a configuration is to have from now on, or a MethodRefusal. */
export type Configure = (
  configuration: StoredInstance,
  input: MethodInput,
  context: MethodContext,
) => Values | Promise<Values>;

/** A method of one adapter on which IP runs, for administrators. */
export function configuring(configure: Configure): MethodImplementation {
  return forAdministrators(ConfigurationCode.accessDenied, async (configuration, input, context) => {
    if (!(await isIpEnabled(configuration, context)))
      throw new MethodRefusal(ConfigurationCode.ipNotEnabled, 'the adapter is not connected: no IP runs on it');
    await context.store.put(configuration.with(await configure(configuration, input, context)));
    return DONE;
  });
}

/** A method of all adapters, for administrators. */
export function ofComputer(work: (input: MethodInput, context: MethodContext) => Promise<void>): MethodImplementation {
  return staticForAdministrators(ConfigurationCode.accessDenied, async (input, context) => {
    await work(input, context);
    return DONE;
  });
}

/** The configurations of adapters on which IP runs. */
export async function ipConfigurations(context: MethodContext): Promise<readonly StoredInstance[]> {
  const all = await allOf(context, CONFIGURATION_CLASS);
  const isRunning = await Promise.all(all.map((one) => isIpEnabled(one, context)));
  return all.filter((_, at) => isRunning[at]);
}

/** A method that Windows has no more. */
export function unsupported(why: string): MethodImplementation {
  return refusing(() => {
    throw new MethodRefusal(ConfigurationCode.notSupported, why);
  });
}

import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { DerivedValue, MethodContext, MethodImplementation, Provider } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { shorten } from '../../cim/model/shorten.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { createKey, findValue, putValue } from '../registry/registry.js';
import { type KeyPath, RegistryType } from '../registry/registry-key.js';
import { WmiError } from '../wmi-error.js';

/** Where Windows keeps whether it lets anybody in, and what it asks of them. */
export const SERVER_KEY: KeyPath = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server';
export const LISTENER_KEY: KeyPath = `${SERVER_KEY}\\WinStations\\RDP-Tcp`;

/** A property that a method sets. */
export interface Setting {
  readonly method: string;
  readonly property: string;
  /** What `PolicySource…` calls it, where that is something else. */
  readonly policy?: string;
  /** The numbers that it may have; undefined for a text. */
  readonly range?: readonly [number, number];
  /** The value of the registry that it is: whoever writes that sets the property as well. Undefined: the instance alone has it. */
  readonly registry?: RegistryPlace;
}

export interface RegistryPlace {
  readonly key: KeyPath;
  readonly value: string;
  /** It says the opposite. */
  readonly isReverse?: boolean;
}

/** @throws MethodRefusal for a setting that a group policy has set, `PolicySource…`: the pages do not say which code that is */
export function checkNoPolicy(instance: StoredInstance, property: string): void {
  if (instance.get(`PolicySource${property}`) === 1)
    throw new MethodRefusal(WmiError.invalidOperation, `${property} is set by a group policy`);
}

/** A setting is given a value, in the instance and in the registry. */
export async function putSetting(
  instance: StoredInstance,
  { property, policy, registry }: Pick<Setting, 'property' | 'policy' | 'registry'>,
  value: number | string,
  { store }: MethodContext,
): Promise<void> {
  checkNoPolicy(instance, policy ?? property);
  if (registry && typeof value === 'number') {
    await createKey(store, registry.key);
    const data = BigInt(registry.isReverse ? 1 - value : value);
    await putValue(store, registry.key, { name: registry.value, type: RegistryType.dword, data });
  }
  await store.put(instance.with({ [property]: value }));
}

/** @throws MethodRefusal invalidParameter */
function checked(given: CimValue | undefined, { property, range }: Setting): number | string {
  if (range === undefined) {
    if (typeof given === 'string') return given;
    throw new MethodRefusal(WmiError.invalidParameter, `${property} is missing`);
  }
  const [least, most] = range;
  if (typeof given === 'number' && given >= least && given <= most) return given;
  throw new MethodRefusal(
    WmiError.invalidParameter,
    `${property} ${shorten(String(given), 20)} is not in ${least} to ${most}`,
  );
}

/** What is looked at besides the value itself. @throws MethodRefusal */
export type Check = (setting: Setting, given: number | string, context: MethodContext) => void | Promise<void>;

function setter(setting: Setting, check: Check | undefined): MethodImplementation {
  return forAdministrators(WmiError.accessDenied, async (instance, input, context) => {
    const given = checked(input[setting.property], setting);
    await check?.(setting, given, context);
    await putSetting(instance, setting, given, context);
    return { ReturnValue: WmiError.none };
  });
}

/** The value of the registry; where there is none, that of the instance. */
export function derivedFrom(property: string, { key, value, isReverse }: RegistryPlace): DerivedValue {
  return async (instance, { store }) => {
    const found = (await findValue(store, key, value))?.data;
    if (typeof found !== 'bigint') return instance.get(property);
    return isReverse ? Number(found === 0n) : Number(found);
  };
}

/** A provider of a class with settings. */
export function settingsProvider(
  className: string,
  settings: readonly Setting[],
  more: Partial<Pick<Provider, 'methods' | 'derived'>> & { readonly check?: Check } = {},
): Provider {
  const { check } = more;
  return defineProvider(className, {
    methods: { ...Object.fromEntries(settings.map((one) => [one.method, setter(one, check)])), ...more.methods },
    instances: { modify: true },
    derived: {
      ...Object.fromEntries(
        settings.flatMap(({ property, registry }) => (registry ? [[property, derivedFrom(property, registry)]] : [])),
      ),
      ...more.derived,
    },
  });
}

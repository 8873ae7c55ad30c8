import { INSTANCE_RULE_NAMES, PROVIDER_NAMES } from '../cim/provider.js';
import { checkNames } from '../options/option-checks.js';
import { OptionError } from '../options/option-error.js';

/**
 * Looks at a provider, or one with its namespace, as far as that can be done without its class. What a function makes is looked at
 * when it has made it.
 *
 * @param name of the option that it is given in
 * @throws OptionError that says what is missing, or names the nearest name of one that is misspelt
 */
export function checkProvider(name: string, value: unknown): void {
  if (typeof value === 'function') return;
  if (!isObject(value))
    throw new OptionError(`${name}: this is no provider, which is an object with className and methods`);
  if (!('provider' in value)) {
    checkParts(name, value);
    return;
  }
  checkNames(name, value, ['namespace', 'provider', 'name'], 'member');
  if (typeof value.namespace !== 'string') throw new OptionError(`${name}: namespace is not a string`);
  if (typeof value.provider === 'function') return;
  if (!isObject(value.provider)) throw new OptionError(`${name}: provider is no object with className and methods`);
  checkParts(`${name}.provider`, value.provider);
}

function checkParts(name: string, provider: Readonly<Record<string, unknown>>): void {
  const { className, methods, instances } = provider;
  // Objects of a class may keep something of their own.
  if (isPlain(provider)) checkNames(name, provider, Object.keys(PROVIDER_NAMES), 'member');
  if (typeof className !== 'string') throw new OptionError(`${name}: className is not the name of a class`);
  const what = `the provider of ${className}`;
  if (!isObject(methods))
    throw new OptionError(`${what}: methods is not an object of functions by the names of methods; {} for none`);
  if (instances === undefined) return;
  if (!isObject(instances))
    throw new OptionError(`${what}: instances is not an object with the rules create, modify, delete`);
  checkNames(`${what}: instances`, instances, Object.keys(INSTANCE_RULE_NAMES), 'rule');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

import { INSTANCE_RULE_MEMBERS, PROVIDER_MEMBERS } from '../cim/contracts/provider.js';
import { checkNames } from '../options/option-checks.js';
import { OptionError } from '../options/option-error.js';

const EXPECTED = 'an object with className, and methods, instances, derived or asked, or a function that makes one';

/**
 * Looks at a provider, what makes one, or either with its namespace, as far as that can be done without its class.
 *
 * @param name what errors call it
 * @throws OptionError that says what is missing, or names the nearest name of one that is misspelt
 */
export function checkGivenProvider(name: string, value: unknown): void {
  if (typeof value === 'function') return;
  if (!isObject(value) || !('provider' in value)) {
    checkProvider(name, value);
    return;
  }
  checkNames(name, value, ['namespace', 'provider', 'name'], 'member');
  if (typeof value.namespace !== 'string') throw new OptionError(`${name}: namespace is not a string`);
  if (typeof value.provider !== 'function')
    checkProvider(typeof value.name === 'string' ? value.name : name, value.provider);
}

/** The same for a provider as such. @throws OptionError */
export function checkProvider(name: string, value: unknown): void {
  if (!isObject(value)) throw new OptionError(`${name}: this is no provider, which is ${EXPECTED}`);
  // Objects of a class may keep something of their own.
  if (isPlain(value)) checkNames(name, value, PROVIDER_MEMBERS, 'member');
  const { className, methods, instances, derived, asked } = value;
  if (typeof className !== 'string') throw new OptionError(`${name}: className is not the name of a class`);
  if ([methods, instances, derived, asked].every((part) => part === undefined))
    throw new OptionError(`${name}: the provider of ${className} has neither methods nor instances, derived or asked`);
  if (asked !== undefined && typeof asked !== 'function') throw new OptionError(`${name}: asked is not a function`);
  if (methods !== undefined && !isObject(methods))
    throw new OptionError(`${name}: methods is not an object of functions by the names of methods`);
  if (derived !== undefined && !isObjectOfFunctions(derived))
    throw new OptionError(`${name}: derived is not an object of functions by the names of properties`);
  if (instances !== undefined) checkRules(`${name}: instances`, instances);
}

function checkRules(name: string, rules: unknown): void {
  if (!isObject(rules)) throw new OptionError(`${name} is not an object with the rules create, modify, delete`);
  checkNames(name, rules, INSTANCE_RULE_MEMBERS, 'rule');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObjectOfFunctions(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((one) => typeof one === 'function');
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

import type { Namespace, Namespaces } from '../contracts/namespaces.js';
import type { MethodInput } from '../contracts/provider.js';
import { findTypeProblem } from '../model/check-value.js';
import type { CimMethod, CimParameter } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import { type CimValue, isCimArray } from '../model/cim-value.js';
import { findLengthProblem } from '../model/find-length-problem.js';
import { InstancePath } from '../model/instance-path.js';
import type { NameMap } from '../model/name-map.js';
import { outputOnlyError } from '../model/output-only-error.js';
import { shorten } from '../model/shorten.js';
import { aboutName } from '../model/unknown-name.js';
import { unknownParameterText } from '../model/unknown-parameter-text.js';

/** Input that fits the method's declaration. */
export interface CheckedInput {
  readonly input: MethodInput;
  /** Some reference names a base class of the declared class. */
  readonly isBroad: boolean;
}

/** @throws CimError InvalidParameter, TypeMismatch */
export function checkInput(
  context: { readonly namespaces: Namespaces },
  space: Namespace,
  method: CimMethod,
  input: NameMap<CimValue>,
): CheckedInput {
  const checked: Record<string, CimValue> = {};
  let isBroad = false;
  for (const [name, value] of input) {
    const parameter = method.parameters.get(name);
    if (!parameter) {
      const error = new CimError('InvalidParameter', unknownParameterText(method, shorten(name, 200)));
      throw aboutName(error, { kind: 'parameter', name, method });
    }
    if (!parameter.isIn) {
      if (value === null) continue;
      throw outputOnlyError(method, parameter);
    }
    const problem = findTypeProblem(value, parameter.type);
    if (problem) throw new CimError('TypeMismatch', `Parameter ${parameter.name}: ${problem}.`);
    const tooLong = findLengthProblem(parameter, value, space.schema);
    if (tooLong) throw new CimError('InvalidParameter', `Parameter ${parameter.name}: ${tooLong}.`);
    if (!fitsClass(context, space, value, parameter)) isBroad = true;
    checked[parameter.name] = value;
  }
  if (method.withDefault) fillIn(method.withDefault, checked);
  return { input: checked, isBroad };
}

/** What a call leaves out has the value that the declaration gives it. */
function fillIn(parameters: readonly CimParameter[], input: Record<string, CimValue>): void {
  for (const { name, isIn, defaultValue } of parameters) {
    if (isIn && defaultValue !== undefined && !Object.hasOwn(input, name)) input[name] = defaultValue;
  }
}

/** @throws CimError InvalidParameter */
export function checkRequired(method: CimMethod, input: MethodInput): void {
  for (const { name, isIn, isRequired } of method.parameters.values()) {
    if (!isIn || !isRequired || (input[name] ?? null) !== null) continue;
    throw new CimError('InvalidParameter', `Parameter ${name} of ${method.name} is required.`);
  }
}

/**
 * A reference must name the declared class, a subclass, or a base class; of one into a namespace not served here that
 * cannot be told. Whether an embedded instance is of a class that will do is for the provider to say, by a ReturnValue.
 *
 * @returns false when a base class is named, so that only the object can tell
 * @throws CimError TypeMismatch
 */
function fitsClass(
  context: { readonly namespaces: Namespaces },
  space: Namespace,
  value: CimValue,
  { name, type }: CimParameter,
): boolean {
  const declared = type.referenceClass;
  let fits = true;
  if (declared === undefined) return fits;
  for (const path of isCimArray(value) ? value : [value]) {
    if (!(path instanceof InstancePath)) continue;
    const isHere = path.namespace === undefined || path.namespace === space.name;
    const schema = isHere ? space.schema : context.namespaces.findNamespace(path.namespace)?.schema;
    if (!schema || schema.isA(path.className, declared)) continue;
    fits = false;
    if (schema.isA(declared, path.className)) continue;
    const problem = `a reference to ${shorten(path.className)} was given where ${declared} is wanted`;
    throw new CimError('TypeMismatch', `Parameter ${name}: ${problem}.`);
  }
  return fits;
}

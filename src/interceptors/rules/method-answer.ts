import type { InvokeMethodResult } from '../../cim/contracts/cim-operation.js';
import { findTypeProblem } from '../../cim/model/check-value.js';
import type { CimElement, CimMethod } from '../../cim/model/cim-class.js';
import { type CimType, describeType, isIntegerType } from '../../cim/model/cim-type.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { NameMap } from '../../cim/model/name-map.js';
import { outputParameters } from '../../cim/model/output-parameters.js';
import { codeOf } from '../../cim/model/value-map.js';
import { CimJsonError } from '../../cimjson/cim-json-error.js';
import { type FindDeclared, readPlainValue } from '../../cimjson/read-plain.js';
import { didYouMean } from '../../strings/nearest-name.js';
import { RuleError } from './rule-error.js';
import type { PlannedAnswer } from './rule-plan.js';

type MethodAnswer = Extract<PlannedAnswer, { readonly kind: 'method' }>;

/** What a rule has a method answer; without a ReturnValue, that of the method itself. */
export interface DecodedAnswer {
  readonly returnValue: CimValue | undefined;
  readonly outputs: NameMap<CimValue>;
}

/**
 * Reads the answer of a rule by the declaration of a method: labels of value maps become their numbers.
 *
 * @throws RuleError for an output that the method does not have, a label that its value map does not have, a value of another type
 */
export function decodeAnswer(
  { returnValue, outputs, places }: MethodAnswer,
  method: CimMethod,
  findDeclared: FindDeclared,
): DecodedAnswer {
  const declared = new NameMap(outputParameters(method).map((parameter) => [parameter.name, parameter] as const));
  const decoded = new NameMap<CimValue>();
  for (const [name, json] of Object.entries(outputs)) {
    const place = `${places.outputs}.${name}`;
    const parameter = declared.get(name);
    if (parameter === undefined)
      throw new RuleError(place, `method ${method.name} has no output '${name}'${didYouMean(name, declared.keys())}`);
    decoded.set(parameter.name, decodeValue(json, parameter.type, parameter, findDeclared, place));
  }
  return {
    returnValue:
      returnValue === undefined
        ? undefined
        : decodeValue(returnValue, method.returnType, method, findDeclared, places.returnValue),
    outputs: decoded,
  };
}

function decodeValue(
  json: unknown,
  type: CimType,
  element: CimElement,
  findDeclared: FindDeclared,
  place: string,
): CimValue {
  const isLabel = typeof json === 'string' && isIntegerType(type.name) && !type.array && !/^-?\d+$/.test(json);
  const value = isLabel ? codeOfLabel(json, element, place) : decode(json, type, findDeclared, place);
  const problem = findTypeProblem(value, type);
  if (problem !== undefined) throw new RuleError(place, problem);
  return value;
}

function codeOfLabel(label: string, element: CimElement, place: string): number {
  const code = codeOf(element, label);
  if (code !== undefined) return code;
  const labels = element.qualifiers.get('Values')?.value;
  const known = Array.isArray(labels) ? labels.filter((one) => typeof one === 'string') : [];
  const hint =
    known.length === 0 ? ', which has no value map' : didYouMean(label, known) || `: there are ${known.join(', ')}`;
  throw new RuleError(place, `'${label}' is no label of ${element.name}${hint}`);
}

function decode(json: unknown, type: CimType, findDeclared: FindDeclared, place: string): CimValue {
  try {
    return readPlainValue(json, type, place, findDeclared);
  } catch (error) {
    if (!(error instanceof CimJsonError)) throw error;
    const problem = error.message.slice(error.place === '' ? 0 : error.place.length + 2);
    throw new RuleError(error.place, problem || `expected ${describeType(type)}`);
  }
}

/** What a method answers by a rule: what it gave back itself, if it was carried out, with what the rule says in its place. */
export function resultOf(answer: DecodedAnswer | undefined, own: InvokeMethodResult | undefined): InvokeMethodResult {
  const outputs = new NameMap(own?.outputs);
  for (const [name, value] of answer?.outputs ?? []) outputs.set(name, value);
  return { returnValue: answer?.returnValue ?? own?.returnValue ?? null, outputs };
}

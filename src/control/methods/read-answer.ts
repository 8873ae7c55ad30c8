import type { InvokeMethodResult } from '../../cim/contracts/cim-operation.js';
import type { CimMethod } from '../../cim/model/cim-class.js';
import { CimError } from '../../cim/model/cim-error.js';
import { CimStatus, type CimStatusName } from '../../cim/model/cim-status.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { NameMap } from '../../cim/model/name-map.js';
import { outputParameters } from '../../cim/model/output-parameters.js';
import { type FindDeclared, readPlainValue, readPlainValues } from '../../cimjson/read-plain.js';
import { nearestName } from '../../strings/nearest-name.js';
import { ControlError } from '../control-error.js';

/** What another process answers to a call; values plain or with their types. */
export interface CallAnswerBody {
  readonly returnValue?: unknown;
  readonly outputs?: unknown;
  readonly error?: { readonly message: string; readonly status?: string };
}

/**
 * The result of the call, or the error that it ends with.
 *
 * @throws ControlError 400; CimJsonError for values that the method does not declare
 */
export function readAnswer(
  answer: CallAnswerBody,
  method: CimMethod,
  findDeclared: FindDeclared,
): InvokeMethodResult | CimError {
  const { error, returnValue, outputs } = answer;
  if (error !== undefined) {
    if (returnValue !== undefined || outputs !== undefined)
      throw new ControlError(400, 'error: a call ends with an error or with a returnValue, not with both', {
        place: 'error',
      });
    return new CimError(statusOf(error.status ?? 'Failed'), error.message);
  }
  const declared = new NameMap(outputParameters(method).map((parameter) => [parameter.name, parameter] as const));
  const what = `method ${method.name} has no output parameter`;
  const given = readPlainValues(outputs ?? {}, declared, what, 'outputs', findDeclared);
  const all = new NameMap<CimValue>([...declared.keys()].map((name) => [name, given.get(name) ?? null] as const));
  const value = readPlainValue(returnValue ?? null, method.returnType, 'returnValue', findDeclared);
  return { returnValue: value, outputs: all };
}

function statusOf(name: string): CimStatusName {
  const names = Object.keys(CimStatus) as CimStatusName[];
  const found = names.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
  const message = `error.status: there is no CIM status '${name}'${hint}`;
  throw new ControlError(400, message, { place: 'error.status', nearest });
}

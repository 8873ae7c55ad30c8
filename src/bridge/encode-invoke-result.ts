import { isBigIntType, plainType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { sameName } from '../cim/model/name-map.js';
import type { JsonElement, JsonElements } from '../cimjson/cim-json-types.js';
import { encodeElement, encodeElements } from '../cimjson/encode.js';
import type { MethodDescription } from '../client/class-description.js';
import type { InvokeResult } from '../client/message/read-invoke-result.js';

/** What a method returned, as JSON. */
export interface JsonInvokeResult {
  /** Missing where the answer has none. */
  readonly returnValue?: JsonElement;
  /** What the class says of the code. */
  readonly label?: string;
  /** Why it ended as it did, where the server told. */
  readonly reason?: string;
  readonly outputs: JsonElements;
}

/** @param method its declaration, by which outputs are typed; undefined where nobody has it */
export function encodeInvokeResult(result: InvokeResult, method: MethodDescription | undefined): JsonInvokeResult {
  const { returnLabel, reason, outputs } = result;
  // A ReturnValue that is no small integer stands among the outputs.
  const returnValue = result.returnValue ?? outputs.get('ReturnValue');
  const others = [...outputs].filter(([name]) => !sameName(name, 'ReturnValue'));
  return {
    ...(returnValue !== undefined && { returnValue: encodeReturnValue(returnValue, method) }),
    ...(returnLabel !== undefined && { label: returnLabel }),
    ...(reason !== undefined && { reason }),
    outputs: encodeElements(others, (name) => method?.parameters.get(name)?.type),
  };
}

/** The client has a small integer as a number, whatever its type; nearly all methods return uint32. */
function encodeReturnValue(value: CimValue, method: MethodDescription | undefined): JsonElement {
  const type = method?.returnType ?? plainType('uint32');
  return encodeElement(isBigIntType(type.name) && typeof value === 'number' ? BigInt(value) : value, type);
}

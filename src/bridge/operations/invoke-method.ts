import { plainType } from '../../cim/model/cim-type.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { CimJsonError } from '../../cimjson/cim-json-error.js';
import type { JsonElement } from '../../cimjson/cim-json-types.js';
import { encodeElement, encodeElements } from '../../cimjson/encode.js';
import { readName } from '../../cimjson/read-json.js';
import type { MethodDescription } from '../../client/class-description.js';
import type { InvokeResult } from '../../client/message/read-invoke-result.js';
import { parameterTypes } from '../declared-types.js';
import type { Operation, OperationCall } from '../operation.js';
import { readPath, readValues } from '../read-members.js';

export const invokeMethod: Operation = {
  members: ['path', 'class', 'method', 'parameters'],
  async run(call) {
    const { members, client, options } = call;
    const target = readInvokeTarget(call);
    const method = readName(members, 'method', '');
    const typeOf = await parameterTypes(call, [target.className, method], members.parameters);
    const parameters = readValues(members.parameters, 'parameters', typeOf);
    const result = await client.invoke(target, method, parameters, { ...options, returnLabel: true });
    const declared = await client.knownClass(target.className, target.namespace);
    if (result.reason !== undefined) call.verbose(result.reason);
    return describeResult(result, declared?.methods.get(method));
  },
};

/** A path, or a class whose method is static. */
function readInvokeTarget(call: OperationCall): InstancePath {
  const { members, namespace } = call;
  if (members.path !== undefined && members.class !== undefined)
    throw new CimJsonError('class', 'either a path or a class is the target');
  if (members.path !== undefined) return readPath(call);
  return new InstancePath({ namespace, className: readName(members, 'class', '') });
}

function describeResult(result: InvokeResult, method: MethodDescription | undefined) {
  const { returnLabel, reason } = result;
  const { returnValue, outputs } = takeReturnValue(result);
  const element = returnValue === undefined ? undefined : encodeReturnValue(returnValue, method);
  return {
    ...(element && { returnValue: element }),
    outputs: encodeElements(outputs, (name) => method?.parameters.get(name)?.type),
    ...(returnLabel !== undefined && { label: returnLabel }),
    ...(reason !== undefined && { reason }),
  };
}

/** A ReturnValue that is no small integer stands among the outputs. */
function takeReturnValue({ returnValue, outputs }: InvokeResult): {
  readonly returnValue: CimValue | undefined;
  readonly outputs: readonly (readonly [string, CimValue])[];
} {
  const others = [...outputs].filter(([name]) => name.toLowerCase() !== 'returnvalue');
  return { returnValue: returnValue ?? outputs.get('ReturnValue'), outputs: others };
}

function encodeReturnValue(value: CimValue, method: MethodDescription | undefined): JsonElement {
  const type = method?.returnType ?? plainType('uint32');
  const is64 = type.name === 'uint64' || type.name === 'sint64';
  return encodeElement(is64 && typeof value === 'number' ? BigInt(value) : value, type);
}

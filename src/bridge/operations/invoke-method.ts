import { InstancePath } from '../../cim/model/instance-path.js';
import { CimJsonError } from '../../cimjson/cim-json-error.js';
import { readName } from '../../cimjson/read-json.js';
import { parameterTypes } from '../declared-types.js';
import { encodeInvokeResult } from '../encode-invoke-result.js';
import { knownMethod } from '../known-method.js';
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
    const declared = await knownMethod(client, target, method);
    if (result.reason !== undefined) call.verbose(result.reason);
    return encodeInvokeResult(result, declared);
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

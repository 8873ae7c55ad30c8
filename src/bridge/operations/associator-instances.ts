import { readFlag } from '../../cimjson/read-json.js';
import type { Operation } from '../operation.js';
import { readPath, readTexts } from '../read-members.js';
import { sendInstances } from '../send-instances.js';

export const associatorInstances: Operation = {
  members: ['path', 'associationClass', 'resultClass', 'role', 'resultRole', 'keyOnly', 'window'],
  async run(call) {
    const { members, client, namespace, options } = call;
    const where = readTexts(members, ['associationClass', 'resultClass', 'role', 'resultRole']);
    // The object's namespace unless the call names one.
    const how = {
      ...options,
      ...(members.namespace !== undefined && { namespace }),
      ...(readFlag(members, 'keyOnly', '') && { mode: 'epr' as const }),
    };
    return sendInstances(call, client.associators(readPath(call), where, how));
  },
};

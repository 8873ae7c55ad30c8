import { readFlag } from '../../cimjson/read-json.js';
import type { Operation } from '../operation.js';
import { readPath, readTexts } from '../read-members.js';
import { sendInstances } from '../send-instances.js';

export const associatorInstances: Operation = {
  members: ['path', 'associationClass', 'resultClass', 'role', 'resultRole', 'keyOnly', 'window'],
  async run(call) {
    const { members, client, options } = call;
    const where = readTexts(members, ['associationClass', 'resultClass', 'role', 'resultRole']);
    const how = { ...options, ...(readFlag(members, 'keyOnly', '') && { mode: 'epr' as const }) };
    return sendInstances(call, client.associators(readPath(call), where, how));
  },
};

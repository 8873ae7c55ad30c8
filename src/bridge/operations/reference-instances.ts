import type { Operation } from '../operation.js';
import { readPath, readTexts } from '../read-members.js';
import { sendInstances } from '../send-instances.js';

export const referenceInstances: Operation = {
  members: ['path', 'resultClass', 'role', 'window'],
  async run(call) {
    const { members, client, options } = call;
    const where = readTexts(members, ['resultClass', 'role']);
    return sendInstances(call, client.references(readPath(call), where, options));
  },
};

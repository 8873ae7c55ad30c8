import type { Operation } from '../operation.js';
import { readPath } from '../read-members.js';

export const deleteInstance: Operation = {
  members: ['path'],
  async run(call) {
    await call.client.delete(readPath(call), call.options);
    return {};
  },
};

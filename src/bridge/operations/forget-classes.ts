import type { Operation } from '../operation.js';

export const forgetClasses: Operation = {
  members: [],
  async run({ client }) {
    client.forgetClasses();
    return {};
  },
};

import type { Operation } from '../operation.js';

export const identify: Operation = {
  members: [],
  async run({ client, options: { signal } }) {
    const { xml: _, ...facts } = await client.identify({ signal });
    return facts;
  },
};

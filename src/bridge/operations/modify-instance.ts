import { propertyTypes } from '../declared-types.js';
import type { Operation } from '../operation.js';
import { readPath, readValues } from '../read-members.js';

export const modifyInstance: Operation = {
  members: ['path', 'properties'],
  async run(call) {
    const { members, client, options } = call;
    const path = readPath(call);
    const typeOf = await propertyTypes(call, path.className, members.properties);
    const changed = await client.put(path, readValues(members.properties, 'properties', typeOf), options);
    return { instance: await call.encode(changed) };
  },
};

import { encodePath } from '../../cimjson/encode.js';
import { readName } from '../../cimjson/read-json.js';
import { propertyTypes } from '../declared-types.js';
import type { Operation } from '../operation.js';
import { readValues } from '../read-members.js';

export const createInstance: Operation = {
  members: ['class', 'properties'],
  async run(call) {
    const { members, client, namespace, options } = call;
    const className = readName(members, 'class', '');
    const typeOf = await propertyTypes(call, className, members.properties);
    const values = readValues(members.properties, 'properties', typeOf);
    const path = await client.create(className, values, { ...options, namespace });
    const found = await client.knownClass(path.className, path.namespace ?? namespace);
    return { path: encodePath(path, () => found) };
  },
};

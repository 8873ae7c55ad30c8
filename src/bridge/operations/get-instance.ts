import { CimInstance } from '../../cim/model/cim-instance.js';
import { readFlag } from '../../cimjson/read-json.js';
import type { Operation } from '../operation.js';
import { readPath } from '../read-members.js';

export const getInstance: Operation = {
  members: ['path', 'keyOnly'],
  async run(call) {
    const { members, client, options } = call;
    const path = readPath(call);
    const keyOnly = readFlag(members, 'keyOnly', '');
    const instance = await client.get(path, options);
    const { path: found = path, className } = instance;
    // WS-Man has no Get of keys alone.
    const shown = keyOnly ? new CimInstance(className, [...found.keys], found) : instance;
    return { instance: await call.encode(shown) };
  },
};
